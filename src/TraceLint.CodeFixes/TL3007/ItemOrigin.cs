using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>Finds where a queued item is created, because it stores the context that is current there.</summary>
internal sealed class ItemOrigin(CallingSpan spans, CompilationContext context)
{
    private const int MaxCalls = 2;

    /// <summary>
    /// Whether an item is certainly created inside a span: in the same expression, in a local, or by all callers of a method that takes it
    /// as a parameter.
    /// </summary>
    public bool IsMadeInSpan(IOperation item, CancellationToken cancellation) => IsMadeInSpan(item, depth: 0, cancellation);

    private bool IsMadeInSpan(IOperation item, int depth, CancellationToken cancellation) => item.Unconverted() switch
    {
        IObjectCreationOperation made => spans.Exists(made.Syntax, cancellation),
        ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: [var declaration] } local }
            when declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: var value }
            && context.Of(value.SyntaxTree) is var model && !IsWritten(local, model, cancellation)
            => model.GetOperation(value, cancellation) is { } initial && IsMadeInSpan(initial, depth, cancellation),
        IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol method } parameter } when depth < MaxCalls
            => IsMadeByCallers(method, parameter, depth, cancellation),
        _ => false,
    };

    private bool IsMadeByCallers(IMethodSymbol method, IParameterSymbol parameter, int depth, CancellationToken cancellation)
    {
        var any = false;
        foreach (var call in CallIndex.CallsOf(method.Name, context, cancellation))
        {
            if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method))
            {
                continue;
            }

            any = true;
            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter?.Ordinal == parameter.Ordinal && !IsMadeInSpan(argument.Value, depth + 1, cancellation))
                {
                    return false;
                }
            }
        }

        return any;
    }

    private static bool IsWritten(ILocalSymbol local, SemanticModel model, CancellationToken cancellation)
        => LocalValues.References(local, model, cancellation)
            .Any(static name => name.Parent is AssignmentExpressionSyntax { Left: var target } && target == name);
}
