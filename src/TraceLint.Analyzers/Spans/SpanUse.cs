using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Spans;

/// <summary>What becomes of a span where an expression yields it.</summary>
internal enum SpanUse
{
    /// <summary>Nothing keeps it: the statement ends, or only something of it is kept.</summary>
    Nothing,

    /// <summary>It is stopped, here or by the <c>using</c> around it.</summary>
    Stops,

    /// <summary>A local holds it.</summary>
    Held,

    /// <summary>It goes where it cannot be followed: returned, stored, handed on, captured.</summary>
    Leaves,
}

/// <summary>Where the span goes that an expression yields: over the calls that return it again, to whatever takes it.</summary>
/// <param name="Use">What becomes of it.</param>
/// <param name="Local">The local that holds it.</param>
internal readonly record struct SpanWay(SpanUse Use, ILocalSymbol? Local = null)
{
    /// <summary>Follows a span outwards.</summary>
    /// <param name="value">The expression that yields it.</param>
    public static SpanWay Of(IOperation value) => Of(value, out _);

    /// <summary>Follows a span outwards.</summary>
    /// <param name="value">The expression that yields it.</param>
    /// <param name="place">What takes it in the end.</param>
    public static SpanWay Of(IOperation value, out IOperation place)
    {
        var type = value.Type;
        place = value;
        while (value.Parent is { } parent)
        {
            place = parent;
            switch (parent)
            {
                case IConversionOperation { OperatorMethod: null } when SymbolEqualityComparer.Default.Equals(parent.Type, type):
                case IConditionalOperation conditional when conditional.Condition != value:
                case ICoalesceOperation or IParenthesizedOperation:
                case IConditionalAccessOperation access when access.WhenNotNull == value:
                case ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: not IExpressionStatementOperation }:
                    value = parent;
                    continue;
                case IConditionalAccessOperation access when InstanceIn(access) is { } instance:
                    value = instance;
                    continue;
                case IInvocationOperation call when call.Instance == value:
                    if (call.TargetMethod.Name is "Stop" or "Dispose" or "End")
                    {
                        return new SpanWay(SpanUse.Stops);
                    }

                    if (!SymbolEqualityComparer.Default.Equals(call.Type, type))
                    {
                        return new SpanWay(SpanUse.Nothing);
                    }

                    value = call;
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation extension } when IsKnownExtension(extension, parent):
                    if (!SymbolEqualityComparer.Default.Equals(extension.Type, type))
                    {
                        return new SpanWay(SpanUse.Nothing);
                    }

                    value = extension;
                    continue;
                case IUsingOperation or IUsingDeclarationOperation:
                    return new SpanWay(SpanUse.Stops);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator }:
                    return IsOfUsing(declarator) ? new SpanWay(SpanUse.Stops) : new SpanWay(SpanUse.Held, local);
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment when assignment.Value == value:
                    return assignment.Parent is IExpressionStatementOperation ? new SpanWay(SpanUse.Held, local) : new SpanWay(SpanUse.Leaves);
                case ISimpleAssignmentOperation { Target: IDiscardOperation } or IExpressionStatementOperation:
                case IPropertyReferenceOperation { Property.IsIndexer: false } property when property.Instance == value:
                case IConversionOperation { Parent: IBinaryOperation } or IBinaryOperation or INameOfOperation or IInterpolationOperation:
                case IIsPatternOperation { Pattern: var pattern } when !Names(pattern):
                    return new SpanWay(SpanUse.Nothing);
                default:
                    return new SpanWay(SpanUse.Leaves);
            }
        }

        return new SpanWay(SpanUse.Leaves);
    }

    // What the API itself adds to spans, as SetStatus and RecordException once were.
    private static bool IsKnownExtension(IInvocationOperation call, IOperation argument)
        => call.TargetMethod is { IsExtensionMethod: true, ContainingNamespace: { } home } && call.Arguments[0] == argument
            && home.ToDisplayString() is "System.Diagnostics" or "OpenTelemetry.Trace";

    private static IOperation? InstanceIn(IConditionalAccessOperation access)
        => access.WhenNotNull.DescendantsAndSelf().FirstOrDefault(static operation => operation is IConditionalAccessInstanceOperation);

    private static bool IsOfUsing(IVariableDeclaratorOperation declarator)
        => declarator.Parent is IVariableDeclarationOperation { Parent: IVariableDeclarationGroupOperation { Parent: IUsingDeclarationOperation or IUsingOperation } };

    private static bool Names(IPatternOperation pattern)
        => pattern.DescendantsAndSelf().Any(static part => part is IDeclarationPatternOperation { DeclaredSymbol: not null } or IRecursivePatternOperation { DeclaredSymbol: not null });
}
