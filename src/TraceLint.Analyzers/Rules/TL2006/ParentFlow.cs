using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// Finds where a context becomes the parent of a span: in the same method, in methods of the project that get it as an argument, and in
/// callers that get it as the result. A context that is only linked, stored in a field or passed to other code does not count.
/// </summary>
internal sealed class ParentFlow(SpanStarts starts, CompilationContext compilation)
{
    private const int MaxDepth = 4;
    private const int MaxCallers = 20;

    /// <summary>The first call that starts a span with the context as its parent.</summary>
    /// <param name="context">The operation that returns the context, or the out argument that receives it.</param>
    /// <returns>Null when there is none.</returns>
    public IInvocationOperation? FirstStart(IOperation context, CancellationToken cancellation)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        return IsOutTarget(context) ? Written(context, MaxDepth, seen, cancellation) : Follow(context, MaxDepth, seen, cancellation);
    }

    private static bool IsOutTarget(IOperation context) => context.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Out };

    private IInvocationOperation? Written(IOperation target, int depth, HashSet<ISymbol> seen, CancellationToken cancellation)
        => target switch
        {
            IDeclarationExpressionOperation declaration => Written(declaration.Expression, depth, seen, cancellation),
            ILocalReferenceOperation { Local: var local, SemanticModel: { } model } => Local(local, model, depth, seen, cancellation),
            IParameterReferenceOperation { Parameter: var parameter } reference
                => Parameter(parameter, reference.SemanticModel, depth, seen, cancellation),
            _ => null,
        };

    private IInvocationOperation? Follow(IOperation value, int depth, HashSet<ISymbol> seen, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (depth == 0)
        {
            return null;
        }

        switch (value.Parent)
        {
            case IConversionOperation
                or ICoalesceOperation
                or IAwaitOperation
                or ISwitchExpressionArmOperation
                or ISwitchExpressionOperation:
                return Follow(value.Parent, depth, seen, cancellation);
            case IConditionalOperation choice:
                return choice.Condition == value ? null : Follow(choice, depth, seen, cancellation);
            case IPropertyReferenceOperation { Property.Name: "ActivityContext" or "Value" } member when member.Instance == value:
                return Follow(member, depth, seen, cancellation);
            case IInvocationOperation { TargetMethod.Name: "GetValueOrDefault" or "ConfigureAwait" } call when call.Instance == value:
                return Follow(call, depth, seen, cancellation);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local, SemanticModel: { } model } }:
                return Local(local, model, depth, seen, cancellation);
            case ISimpleAssignmentOperation assignment when assignment.Value == value:
                return Written(assignment.Target, depth, seen, cancellation);
            case IArgumentOperation { Parent: IObjectCreationOperation { Type.Name: "PropagationContext" } made }:
                return Follow(made, depth, seen, cancellation);
            case IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call }:
                return Argument(parameter, call, depth, seen, cancellation);
            case IReturnOperation:
                return Returned(value, depth, seen, cancellation);
            default:
                return null;
        }
    }

    private IInvocationOperation? Argument(
        IParameterSymbol parameter, IInvocationOperation call, int depth, HashSet<ISymbol> seen, CancellationToken cancellation)
    {
        if (starts.Of(call) is not null)
        {
            return parameter.Name == "parentContext" ? call : null;
        }

        foreach (var method in compilation.MethodsOf(call.TargetMethod, call.IsVirtual))
        {
            // Looked up by name, because the ordinals of a reduced extension method do not count its receiver.
            if (method.DeclaringSyntaxReferences is [var declaration] && compilation.Compilation.ContainsSyntaxTree(declaration.SyntaxTree)
                && method.Parameters.FirstOrDefault(one => one.Name == parameter.Name) is { } own
                && Parameter(own, compilation.Of(declaration.SyntaxTree), depth - 1, seen, cancellation) is { } start)
            {
                return start;
            }
        }

        return null;
    }

    private IInvocationOperation? Local(
        ILocalSymbol local, SemanticModel model, int depth, HashSet<ISymbol> seen, CancellationToken cancellation)
        => seen.Add(local) ? First(LocalValues.References(local, model, cancellation), model, depth, seen, cancellation) : null;

    // An out parameter flows to the callers, any other parameter to its uses.
    private IInvocationOperation? Parameter(
        IParameterSymbol parameter, SemanticModel? model, int depth, HashSet<ISymbol> seen, CancellationToken cancellation)
    {
        if (model is null
            || depth == 0
            || !seen.Add(parameter)
            || parameter.ContainingSymbol is not IMethodSymbol { DeclaringSyntaxReferences: [var declaration] } method)
        {
            return null;
        }

        if (First(
                ParameterReferences(parameter, declaration.GetSyntax(cancellation), model, cancellation), model, depth, seen, cancellation)
            is { } start)
        {
            return start;
        }

        return parameter.RefKind is not RefKind.Out ? null : CallsOf(method, cancellation)
            .Select(call => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal))
            .Select(argument => argument is null ? null : Written(argument.Value, depth - 1, seen, cancellation))
            .FirstOrDefault(static found => found is not null);
    }

    private IInvocationOperation? Returned(IOperation value, int depth, HashSet<ISymbol> seen, CancellationToken cancellation)
        => value.SemanticModel?.GetEnclosingSymbol(value.Syntax.SpanStart, cancellation)
            is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method
            && seen.Add(method)
            ? CallsOf(method, cancellation)
                .Select(call => Follow(call, depth - 1, seen, cancellation))
                .FirstOrDefault(static found => found is not null)
            : null;

    private IEnumerable<IInvocationOperation> CallsOf(IMethodSymbol method, CancellationToken cancellation)
        => CallIndex.CallsOf(method.Name, compilation, cancellation).Where(call => Callers.Calls(call, method)).Take(MaxCallers);

    private IInvocationOperation? First(
        IEnumerable<SyntaxNode> references, SemanticModel model, int depth, HashSet<ISymbol> seen, CancellationToken cancellation)
    {
        foreach (var reference in references)
        {
            if (model.GetOperation(reference, cancellation) is { } operation && Follow(operation, depth, seen, cancellation) is { } start)
            {
                return start;
            }
        }

        return null;
    }

    private static IEnumerable<SyntaxNode> ParameterReferences(
        IParameterSymbol parameter, SyntaxNode method, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var node in method.DescendantNodes())
        {
            if (node is Microsoft.CodeAnalysis.CSharp.Syntax.IdentifierNameSyntax name && name.Identifier.ValueText == parameter.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, parameter))
            {
                yield return name;
            }
        }
    }
}
