using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Snippets;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>
/// Marks contexts as remote: with an argument of TryParse since DiagnosticSource 7, and by copying the parsed context before. Also reads
/// the trace state where it was left out. Statements are inserted before a call that always runs; inside a condition, an expression
/// replaces another, so that the order of evaluation does not change.
/// </summary>
internal sealed class RemoteParentRewrite(SemanticModel model, Imports imports, FreshNames names, CancellationToken cancellation)
{
    private readonly Dictionary<ExpressionSyntax, ExpressionSyntax> _changes = [];
    private readonly List<(Anchor Anchor, string Statement)> _statements = [];
    private readonly bool _canSay = RemoteContextSnippet.HasRemoteTryParse(model.Compilation);

    /// <summary>Rewrites a call or creation that makes a context, or the start of a span with the id of its parent.</summary>
    public void Add(ExpressionSyntax made)
    {
        if (_changes.ContainsKey(made))
        {
            return;
        }

        if (made switch
        {
            ObjectCreationExpressionSyntax creation => creation.WithArgumentList(creation.ArgumentList!.AddArguments(IsRemote())),
            InvocationExpressionSyntax call => OfCall(call),
            _ => null,
        } is { } rewritten)
        {
            _changes.Add(made, rewritten.WithTriviaFrom(made));
        }
    }

    /// <summary>The root with all edits applied; null when there are none.</summary>
    public CompilationUnitSyntax? Apply(CompilationUnitSyntax root)
    {
        if (_changes.Count == 0)
        {
            return null;
        }

        var inserted = new InsertedStatements(root, names);
        foreach (var change in _changes)
        {
            inserted.Replace(change.Key, change.Value);
        }

        foreach (var (anchor, statement) in _statements)
        {
            inserted.Add(anchor, anchor.ReturnsNothing(model, cancellation), [statement]);
        }

        return inserted.Apply();
    }

    private ExpressionSyntax? OfCall(InvocationExpressionSyntax call) => call.CalledName()?.Identifier.ValueText switch
    {
        "TryParse" when call.ArgumentList.Arguments is [var text, var state, var result] && _canSay
            => call.WithArgumentList(call.ArgumentList.WithArguments(
                Arguments(text, state.WithExpression(State(state.Expression, text.Expression, call)), IsRemote(), result))),
        "Parse" when call.ArgumentList.Arguments is [{ NameColon: null, Expression: var text }, { NameColon: null, Expression: var state }]
            => AsOperand(Parsed(text, State(state, text, call).WithoutTrivia().ToString(), call), call),
        "StartActivity" or "CreateActivity" => WithContext(call),
        _ => null,
    };

    // Replaces the id of the parent by its context.
    private InvocationExpressionSyntax? WithContext(InvocationExpressionSyntax call)
    {
        if (model.GetOperation(call, cancellation) is not IInvocationOperation operation
            || SpanStarts.In(model.Compilation)?.Of(operation)?.ParentId?.Syntax.FirstAncestorOrSelf<ArgumentSyntax>() is not { } id
            || id.Parent != call.ArgumentList)
        {
            return null;
        }

        var context = id
            .WithNameColon(id.NameColon?.WithName(SyntaxFactory.IdentifierName("parentContext")))
            .WithExpression(Parsed(id.Expression, State(null, id.Expression, call).ToString(), call).WithTriviaFrom(id.Expression));
        return call.ReplaceNode(id, context);
    }

    private ExpressionSyntax Parsed(ExpressionSyntax text, string state, ExpressionSyntax at)
    {
        var type = imports.Name(model.Compilation.TypeNamed(SpanTypes.Names.ActivityContext)!, at.SpanStart);
        var parsed = names.ForLocal(ScopeOf(at), at.SpanStart, "parent", "remoteParent", "parsedContext");
        var call = _canSay
            ? $"{type}.TryParse({text.WithoutTrivia()}, {state}, isRemote: true, out var {parsed})"
            : $"{type}.TryParse({text.WithoutTrivia()}, {state}, out var {parsed})";
        var isOfDeclaration = at.Parent is EqualsValueClauseSyntax
        {
            Parent.Parent.Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 },
        };
        if (_canSay && AnchorOf(at) is { } anchor && IsKnownBefore(text, anchor) && !isOfDeclaration)
        {
            _statements.Add((anchor, call + ";"));
            return SyntaxFactory.IdentifierName(parsed);
        }

        return SyntaxFactory.ParseExpression($"{call} ? {(_canSay ? parsed : RemoteContextSnippet.Remote(parsed, type))} : default");
    }

    // A missing trace state is read in the same way as the traceparent, if the code shows how that was read.
    private ExpressionSyntax State(ExpressionSyntax? state, ExpressionSyntax text, ExpressionSyntax at)
    {
        var none = state ?? SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression);
        if (!none.IsKind(SyntaxKind.NullLiteralExpression)
            || TraceStateRead.Of(text, ScopeOf(at), model, names, cancellation) is not { } read)
        {
            return none;
        }

        if (read.Statement is { } statement && AnchorOf(at) is { } anchor && IsKnownBefore(text, anchor))
        {
            _statements.Add((anchor, statement));
            return SyntaxFactory.IdentifierName(read.Local);
        }

        return SyntaxFactory.ParseExpression(read.Inline);
    }

    private static Anchor? AnchorOf(ExpressionSyntax at) => Anchor.Of(at) is { IsConditional: false } anchor ? anchor : null;

    // A text that is declared inside the same statement does not exist before the statement.
    private bool IsKnownBefore(ExpressionSyntax text, Anchor anchor)
        => model.GetSymbolInfo(text, cancellation).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: [var declaration] }
            || !anchor.Node.Span.Contains(declaration.Span)
            || anchor.HasExpressionBody;

    private SyntaxNode ScopeOf(SyntaxNode at)
    {
        var scope = at.FirstAncestorOrSelf<StatementSyntax>()
            ?? (SyntaxNode?)at.FirstAncestorOrSelf<MemberDeclarationSyntax>()
            ?? at.SyntaxTree.GetRoot(cancellation);
        return scope.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? scope;
    }

    private static ExpressionSyntax AsOperand(ExpressionSyntax conditional, ExpressionSyntax original)
        => conditional is IdentifierNameSyntax
            || original.Parent is EqualsValueClauseSyntax or ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax
                or AssignmentExpressionSyntax or ParenthesizedExpressionSyntax
                ? conditional
                : SyntaxFactory.ParenthesizedExpression(conditional);

    private static ArgumentSyntax IsRemote() => SyntaxFactory.ParseArgumentList("(isRemote: true)").Arguments[0];

    private static SeparatedSyntaxList<ArgumentSyntax> Arguments(params ArgumentSyntax[] arguments)
    {
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return SyntaxFactory.SeparatedList(arguments, Enumerable.Repeat(comma, arguments.Length - 1));
    }
}
