using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>Setters that set nothing: without a statement, or with statements that only return or discard a parameter.</summary>
internal static class EmptySetter
{
    /// <summary>Whether what is passed for a setter is one, for certain.</summary>
    public static bool Is(IOperation setter, CompilationContext context, CancellationToken cancellation)
        => DelegateBody.Of(setter, context, cancellation) is { Body: var body } && !body.Syntax.ContainsDirectives && DoesNothing(body);

    private static bool DoesNothing(IOperation? operation) => operation switch
    {
        IMethodBodyOperation method => DoesNothing(method.BlockBody ?? method.ExpressionBody),
        ILocalFunctionOperation { IgnoredBody: null } function => DoesNothing(function.Body),
        IBlockOperation block => block.Operations.All(DoesNothing),
        IReturnOperation { ReturnedValue: null, Kind: OperationKind.Return } or IEmptyOperation => true,
        IExpressionStatementOperation statement => DoesNothing(statement.Operation),
        ISimpleAssignmentOperation { Target: IDiscardOperation, Value: var value }
            => value.Unconverted() is IParameterReferenceOperation or ILiteralOperation,
        _ => false,
    };
}
