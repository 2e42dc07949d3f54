using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Configuration;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>A method that takes the context off what it is handed.</summary>
/// <param name="Method">The method, a static one. It wants nothing else.</param>
/// <param name="Takes">The type of what it takes: a message, or a carrier.</param>
/// <param name="Context">How to write the context of a span, given what it returns: a member of that, or nothing more.</param>
internal sealed record ExtractHelper(IMethodSymbol Method, ITypeSymbol Takes, string Context);

/// <summary>
/// Finds the project's own way to extract: the methods that are declared to, by a line, a setting or an attribute; those around its
/// extractions of which one parameter, a message or a carrier of the transport, is what is extracted from, on top of nothing, and whose
/// result is what is returned; and those of referenced projects, by their facts.
/// </summary>
internal sealed class ExtractHelpers(Transport transport, CompilationContext compilation)
{
    private ImmutableArray<(ExtractHelper Helper, bool IsDeclared)> _found;

    /// <summary>The helper to call at a place; null when there is none.</summary>
    public ExtractHelper? Find(SyntaxNode at, SemanticModel model, CancellationToken cancellation)
    {
        if (_found.IsDefault)
        {
            var others = OfProject(cancellation).Concat(Referenced(cancellation)).Select(static helper => (helper, IsDeclared: false));
            _found = Usable(MarkedMethods.Declared(compilation.Settings.ExtractMethodsAt(at.SyntaxTree), compilation, cancellation))
                .Select(static helper => (helper, IsDeclared: true)).Concat(others).ToImmutableArray();
        }

        var caller = model.GetEnclosingSymbol(at.SpanStart, cancellation);
        return _found
            .OrderBy(found => found.IsDeclared ? -1 : Nearness.Of(found.Helper.Method, caller, compilation.Compilation))
            .Select(static found => found.Helper)
            .FirstOrDefault(helper => model.IsAccessible(at.SpanStart, helper.Method) && !IsAround(at, helper.Method));
    }

    /// <summary>The methods of the project.</summary>
    public IEnumerable<ExtractHelper> OfProject(CancellationToken cancellation)
        => Usable(MarkedMethods.WithAttribute(ContextAttributes.Extracts, compilation, cancellation)).Concat(Search(cancellation));

    private static bool IsAround(SyntaxNode at, IMethodSymbol method)
        => method.DeclaringSyntaxReferences is [var declaration, ..] && declaration.SyntaxTree == at.SyntaxTree && declaration.Span.Contains(at.Span);

    private IEnumerable<ExtractHelper> Referenced(CancellationToken cancellation)
        => Usable(ReferencedFacts.Of(compilation.Compilation).MethodsOf(DeclarationKind.Extract, cancellation).Select(static parameter => (IMethodSymbol)parameter.ContainingSymbol));

    private IEnumerable<ExtractHelper> Usable(IEnumerable<IMethodSymbol> methods) => methods.Select(AsHelper).OfType<ExtractHelper>();

    // What can be called with a message or a carrier alone.
    private ExtractHelper? AsHelper(IMethodSymbol method)
        => method is { IsStatic: true, IsAsync: false, Parameters: [var parameter, ..] }
            && method.Parameters.Skip(1).All(static other => other.IsOptional)
            && (transport.RoleOf(parameter.Type) is CarrierRole.Carrier || transport.ReceivedAs(parameter.Type) is ReceivedRole.Message or ReceivedRole.Either)
            && ContextOf(method.ReturnType) is { } context
                ? new ExtractHelper(method, parameter.Type, context)
                : null;

    private ImmutableArray<ExtractHelper> Search(CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<ExtractHelper>();
        var api = OpenTelemetryApi.In(compilation.Compilation);
        foreach (var (helper, declaration, call) in CallsInHelpers("Extract", cancellation))
        {
            if (api?.ExtractionOf(call) is { } extraction && extraction.Base.Unconverted() is IDefaultValueOperation
                && IsFrom(helper, [extraction.Carrier], cancellation) && Returns(declaration, call, cancellation))
            {
                found.Add(helper);
            }
        }

        foreach (var (helper, declaration, call) in CallsInHelpers("TryParse", cancellation))
        {
            if (call.TargetMethod.ContainingType is { Name: "ActivityContext" } type && ExtractionSigns.IsContextType(type)
                && call.Arguments.Any(static argument => argument.Parameter?.Name == "isRemote" && argument.Value.ConstantValue is { HasValue: true, Value: true })
                && IsFrom(helper, call.Arguments.Where(static argument => argument.Parameter?.RefKind is RefKind.None).Select(static argument => argument.Value), cancellation)
                && Returns(declaration, call, cancellation))
            {
                found.Add(helper);
            }
        }

        return found.ToImmutable();
    }

    // The calls of a name in methods that have the shape of a helper.
    private IEnumerable<(ExtractHelper Helper, MethodDeclarationSyntax Declaration, IInvocationOperation Call)> CallsInHelpers(string name, CancellationToken cancellation)
    {
        foreach (var node in CallIndex.SyntaxOf(name, compilation, cancellation))
        {
            var model = compilation.Of(node.SyntaxTree);
            if (EnclosingBody.Of(node)?.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration
                && model.GetDeclaredSymbol(declaration, cancellation) is IMethodSymbol method && AsHelper(method) is { } helper
                && model.GetOperation(node, cancellation) is IInvocationOperation call)
            {
                yield return (helper, declaration, call);
            }
        }
    }

    private static bool IsFrom(ExtractHelper helper, IEnumerable<IOperation> read, CancellationToken cancellation)
        => read.Any(operation => ComputedFrom.Of(operation, cancellation).Any(inner
            => inner is IParameterReferenceOperation { Parameter: var one } && SymbolEqualityComparer.Default.Equals(one, helper.Method.Parameters[0])));

    private static string? ContextOf(ITypeSymbol type) => type.Name switch
    {
        "PropagationContext" when ExtractionSigns.IsContextType(type) => ".ActivityContext",
        "ActivityContext" when ExtractionSigns.IsContextType(type) => "",
        _ => null,
    };

    // What is returned is the result of the call, or the variable that it fills.
    private bool Returns(MethodDeclarationSyntax declaration, IInvocationOperation call, CancellationToken cancellation)
    {
        var model = compilation.Of(declaration.SyntaxTree);
        var returned = declaration.ExpressionBody is { Expression: var only } ? [only]
            : declaration.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().Select(static statement => statement.Expression).OfType<ExpressionSyntax>();
        var filled = call.Arguments.Select(static argument => argument.Value).OfType<IDeclarationExpressionOperation>().Select(static made => (made.Expression as ILocalReferenceOperation)?.Local).FirstOrDefault();
        return returned.Any(expression => model.GetOperation(expression, cancellation) is { } value && ComputedFrom.Of(value, cancellation).Any(inner
            => inner.Syntax == call.Syntax || (filled is not null && inner is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, filled))));
    }
}
