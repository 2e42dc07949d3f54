using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>What an operation says by itself, whatever holds where it runs.</summary>
internal static class OperationFacts
{
    /// <summary>The kind of <c>[a, b]</c>, which has no name yet in the Roslyn that this is built against.</summary>
    public const OperationKind CollectionExpression = (OperationKind)0x7f;

    /// <summary>The kind of <c>..a</c> in it.</summary>
    public const OperationKind Spread = (OperationKind)0x80;

    /// <summary>What identifies the object that an operation yields: the same member of the same variable is the same one, wherever it is read.</summary>
    public static object PlaceOf(IOperation operation) => operation switch
    {
        IMemberReferenceOperation { Member: var member, Instance: null or IInstanceReferenceOperation } and not IMethodReferenceOperation => member,
        IMemberReferenceOperation { Member: var member, Instance: ILocalReferenceOperation { Local: var local } } => (local, member),
        IMemberReferenceOperation { Member: var member, Instance: IParameterReferenceOperation { Parameter: var parameter } } => (parameter, member),
        _ => operation.Syntax,
    };

    /// <summary>What to call what an operation yields, in a message; null when it has no name.</summary>
    public static string? NameOf(IOperation operation) => operation switch
    {
        IMemberReferenceOperation { Member.Name: var name } => name,
        IInvocationOperation { TargetMethod.Name: var name } => name,
        IObjectCreationOperation { Type.Name: var name } => name,
        _ => null,
    };

    /// <summary>Whether an operation looks at its operands and keeps none.</summary>
    public static bool OnlyReads(IOperation operation)
        => operation is IIsNullOperation or IIsTypeOperation or IIsPatternOperation or IBinaryOperation or IUnaryOperation
            or IInterpolationOperation or IPropertyReferenceOperation or INameOfOperation;

    /// <summary>Whether an accessor is code of the project, or may turn out to be: that of an interface, say.</summary>
    public static bool IsOwnCode(IPropertySymbol property, IMethodSymbol? accessor)
        => accessor is { DeclaringSyntaxReferences: [var declaration] }
            && (property is { IsAbstract: true } or { IsVirtual: true } || declaration.GetSyntax() is not AccessorDeclarationSyntax { Body: null, ExpressionBody: null });

    /// <summary>The elements of a tuple, or of what declares or converts one; null when it is none.</summary>
    public static ImmutableArray<IOperation>? ElementsOf(IOperation operation) => operation switch
    {
        ITupleOperation tuple => tuple.Elements,
        IDeclarationExpressionOperation declaration => ElementsOf(declaration.Expression),
        IConversionOperation { OperatorMethod: null } conversion => ElementsOf(conversion.Operand),
        _ => null,
    };

    /// <summary>
    /// The elements of an array or a collection expression, written out or made by the compiler for a params parameter: an array
    /// up to C# 12, a span from C# 13 on, where the parameter is one. Null for anything else.
    /// </summary>
    public static IEnumerable<IOperation>? ItemsOf(IOperation operation) => operation.Unconverted() switch
    {
        IArrayCreationOperation { Initializer.ElementValues: var elements } => elements,
        { Kind: CollectionExpression } collection => collection.ChildOperations,
        _ => null,
    };

    /// <summary>The <see cref="ItemsOf">items</see> of an operation, or the operation itself where it has none.</summary>
    public static IEnumerable<IOperation> ItemsOrSelf(IOperation operation) => ItemsOf(operation) ?? Enumerable.Repeat(operation, 1);

    /// <summary>Whether an operation belongs to a lambda or a local function inside a body, not to the body itself.</summary>
    public static bool IsNested(IOperation operation, IOperation body)
    {
        for (var parent = operation.Parent; parent is not null && parent != body; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an operation is a constant null.</summary>
    public static bool IsNull(this IOperation operation) => operation.ConstantValue is { HasValue: true, Value: null };

    /// <summary>The operand of conversions.</summary>
    public static IOperation Unconverted(this IOperation operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }
}
