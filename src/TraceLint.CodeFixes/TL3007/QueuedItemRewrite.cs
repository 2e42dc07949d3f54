using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;
using TraceLint.Rules;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>
/// Adds a property with the context in which an item is created to the type of a queue's items, and passes it to the spans that are
/// started for the items. The context is marked as remote, because otherwise no span is created when the trace is not sampled. Where
/// there is no span, it is the default, which leaves the reader's span as it was: an empty remote context would become the parent, with
/// a trace id of zeros.
/// </summary>
internal sealed class QueuedItemRewrite(Solution solution)
{
    private readonly Dictionary<DocumentId, Dictionary<SyntaxNode, string>> _edits = [];

    /// <summary>Plans the edits for an item that is written to a queue; none if they are not certain to join the trace.</summary>
    public async Task AddAsync(Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (solution.GetDocument(diagnostic.Location.SourceTree) is not { } document
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || InProcessQueues.In(model.Compilation) is not { } queues
            || SpanStarts.In(model.Compilation) is not { } starts
            || CallAt(diagnostic.Location, cancellation) is not { } call
            || model.GetOperation(call, cancellation) is not IInvocationOperation write
            || queues.Written(write) is not { } item
            || queues.ItemOf(write) is not INamedTypeSymbol type)
        {
            return;
        }

        var compilation = CompilationContext.For(model.Compilation, document.Project.AnalyzerOptions, diagnostic.Id);
        var spans = LiveSpans.In(compilation)!;
        if (DeclarationOf(type, cancellation) is not { } declaration || NameFor(type) is not { } property
            || !new ItemOrigin(new CallingSpan(spans, compilation), compilation).IsMadeInSpan(item, cancellation))
        {
            return;
        }

        var parents = new Dictionary<SyntaxNode, string>();
        foreach (var location in diagnostic.AdditionalLocations)
        {
            if (CallAt(location, cancellation) is not { } start
                || compilation.Of(start.SyntaxTree).GetOperation(start, cancellation) is not IInvocationOperation started
                || starts.Of(started) is not { Api: SpanApi.ActivitySource, Call.TargetMethod.ContainingType.Name: "ActivitySource" }
                || !IsAroundOthers(start, spans, cancellation)
                || VariableAt(start, type, compilation.Of(start.SyntaxTree)) is not { } variable)
            {
                return;
            }

            parents.Add(start, $"{variable}.{property}");
        }

        Plan(declaration, property);
        foreach (var parent in parents)
        {
            Plan(parent.Key, parent.Value);
        }
    }

    /// <summary>Applies the edits; null when there are none.</summary>
    public async Task<Solution?> ApplyAsync(CancellationToken cancellation)
    {
        var rewritten = solution;
        foreach (var edits in _edits)
        {
            var document = solution.GetDocument(edits.Key)!;
            if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
                && await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is CompilationUnitSyntax root)
            {
                var imports = Imports.Of(document, root, model);
                var changed = root.ReplaceNodes(edits.Value.Keys, (original, rewritten) => rewritten switch
                {
                    TypeDeclarationSyntax type
                        => WithProperty(type, (TypeDeclarationSyntax)original, edits.Value[original], imports, model),
                    InvocationExpressionSyntax => WithParent((InvocationExpressionSyntax)original, edits.Value[original], imports, model),
                    _ => rewritten,
                });
                rewritten = rewritten.WithDocumentSyntaxRoot(edits.Key, imports.AddTo(changed));
            }
        }

        return _edits.Count == 0 ? null : rewritten;
    }

    private void Plan(SyntaxNode node, string text)
    {
        var id = solution.GetDocument(node.SyntaxTree)!.Id;
        if (!_edits.TryGetValue(id, out var edits))
        {
            _edits.Add(id, edits = []);
        }

        edits[node] = text;
    }

    private InvocationExpressionSyntax? CallAt(Location location, CancellationToken cancellation)
        => location.SourceTree is { } tree && solution.GetDocument(tree) is not null
            ? tree.GetRoot(cancellation)
                .FindNode(location.SourceSpan, getInnermostNodeForTie: true)
                .FirstAncestorOrSelf<InvocationExpressionSyntax>()
            : null;

    // Not a struct: property initializers do not run for a default value.
    private TypeDeclarationSyntax? DeclarationOf(INamedTypeSymbol type, CancellationToken cancellation)
        => type.DeclaringSyntaxReferences is [var only]
            && only.GetSyntax(cancellation) is TypeDeclarationSyntax declaration
            && declaration is ClassDeclarationSyntax
                or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not (int)SyntaxKind.StructKeyword }
            && solution.GetDocument(declaration.SyntaxTree) is { } document
            && LinkedDocuments.LowestLanguage(document) >= LanguageVersion.CSharp8
                ? declaration
                : null;

    private static string? NameFor(INamedTypeSymbol type)
    {
        foreach (var name in new[] { "ParentContext", "TraceContext" })
        {
            var isFree = true;
            for (var current = type; current is not null; current = current.BaseType)
            {
                isFree &= current.GetMembers(name).IsEmpty;
            }

            if (isFree)
            {
                return name;
            }
        }

        return null;
    }

    // Whether all other spans that the function starts are children of this one; others would still have no parent.
    private static bool IsAroundOthers(InvocationExpressionSyntax start, LiveSpans spans, CancellationToken cancellation)
    {
        foreach (var node in FunctionGraphs.FunctionAround(start)?.DescendantNodes() ?? [])
        {
            if (node is InvocationExpressionSyntax other
                && other != start
                && other.CalledName() is { } name
                && SpanStarts.CalledNames.Contains(name.Identifier.ValueText)
                && spans.At(other, acrossFunctions: true, cancellation) is null)
            {
                return false;
            }
        }

        return true;
    }

    // The only variable that holds an item at the start of the span; null when there are none or several.
    private static string? VariableAt(InvocationExpressionSyntax start, INamedTypeSymbol type, SemanticModel model)
    {
        string? found = null;
        foreach (var symbol in model.LookupSymbols(start.SpanStart))
        {
            var held = symbol switch
            {
                ILocalSymbol local => local.Type,
                IParameterSymbol parameter => parameter.Type,
                _ => null,
            };
            if (SymbolEqualityComparer.Default.Equals(held, type))
            {
                if (found is not null || !(symbol.Locations is [var declared] && declared.SourceSpan.End < start.SpanStart))
                {
                    return null;
                }

                found = symbol.Name;
            }
        }

        return found;
    }

    private static InvocationExpressionSyntax WithParent(
        InvocationExpressionSyntax start, string parent, Imports imports, SemanticModel model)
    {
        var operation = (IInvocationOperation)model.GetOperation(start)!;
        var hasKind = operation.Arguments.Any(
            static argument => argument is { Parameter.Name: "kind", ArgumentKind: ArgumentKind.Explicit });
        var kind = hasKind ? "" : imports.Name(model.Compilation.TypeNamed(SpanTypes.Names.ActivityKind)!, start.SpanStart);
        return new SpanArguments(start, operation).WithParent(parent, kind) is { } arguments ? start.WithArgumentList(arguments) : start;
    }

    private static TypeDeclarationSyntax WithProperty(
        TypeDeclarationSyntax type, TypeDeclarationSyntax original, string property, Imports imports, SemanticModel model)
    {
        var end = LineEnding.Of(original.SyntaxTree.GetText());
        var outer = IndentOf(original);
        var indent = original.Members.Count > 0 ? IndentOf(original.Members[0]) : outer + "    ";
        var (activity, context) = (Name(SystemDiagnostics.Names.Activity), Name(SpanTypes.Names.ActivityContext));
        var member = SyntaxFactory.ParseMemberDeclaration(string.Join(
            end,
            $"{(type.Members.Count > 0 ? end : "")}{indent}internal {context} {property} {{ get; }} = {activity}.Current is {{ }} current",
            $"{indent}    ? new {context}(current.TraceId, current.SpanId, "
                + "current.ActivityTraceFlags, current.TraceStateString, isRemote: true)",
            $"{indent}    : default;{end}"))!;

        if (type.SemicolonToken.IsKind(SyntaxKind.SemicolonToken))
        {
            var (leading, lineEnd) = (SyntaxFactory.ParseLeadingTrivia(end + outer), SyntaxFactory.ParseTrailingTrivia(end));
            var trailing = type.SemicolonToken.TrailingTrivia;
            type = type.WithSemicolonToken(default)
                .WithOpenBraceToken(SyntaxFactory.Token(leading, SyntaxKind.OpenBraceToken, lineEnd))
                .WithCloseBraceToken(SyntaxFactory.Token(SyntaxFactory.ParseLeadingTrivia(outer), SyntaxKind.CloseBraceToken, trailing));
        }

        return type.AddMembers(member);

        string Name(string metadataName) => imports.Name(model.Compilation.TypeNamed(metadataName)!, original.Identifier.SpanStart);
    }

    private static string IndentOf(SyntaxNode node)
    {
        var line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }
}
