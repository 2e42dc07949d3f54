using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>What is wrong with a getter.</summary>
internal enum GetterFault
{
    /// <summary>It returns every header of the name it is asked for.</summary>
    ReturnsAll,

    /// <summary>It does not look at the name, and returns the header at some place.</summary>
    IgnoresName,
}

/// <summary>
/// How a getter answers a propagator, over a carrier that may have a header twice. A propagator takes a <c>traceparent</c>
/// when it is handed exactly one.
/// </summary>
/// <param name="context">Where the code of getters is found.</param>
internal sealed class Getter(CompilationContext context)
{
    // What leaves the number of elements as it is.
    private static readonly HashSet<string> s_keepsAll = new(StringComparer.Ordinal) { "AsEnumerable", "Cast", "OfType", "Select", "ToArray", "ToList" };
    private static readonly HashSet<string> s_takesOne = new(StringComparer.Ordinal) { "ElementAt", "ElementAtOrDefault", "First", "FirstOrDefault", "Last", "LastOrDefault" };

    /// <summary>What is wrong with a getter, and where.</summary>
    /// <returns>Null when nothing is, or it cannot be seen.</returns>
    public (GetterFault Fault, IOperation Where)? FaultOf(IOperation getter, CancellationToken cancellation)
    {
        if (DelegateBody.Of(getter, context, cancellation) is not { Body: var body, Method.Parameters: [var carrier, var name] })
        {
            return null;
        }

        return IgnoredName(body, carrier, name) is { } place ? (GetterFault.IgnoresName, place)
            : AllHeaders(body, carrier, cancellation) is { } all ? (GetterFault.ReturnsAll, all)
            : null;
    }

    private static IOperation? IgnoredName(IOperation body, IParameterSymbol carrier, IParameterSymbol name)
    {
        IOperation? place = null;
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case IParameterReferenceOperation reference when Is(reference, name):
                    return null;
                case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: int } }] } when Is(instance, carrier):
                    place ??= operation;
                    break;
                case IInvocationOperation { TargetMethod: { IsExtensionMethod: true, ContainingType.Name: "Enumerable" } method, Arguments: [{ Value: var source }, ..] arguments }
                    when s_takesOne.Contains(method.Name) && Is(source, carrier) && arguments.All(static argument => argument.Value.Type?.TypeKind is not TypeKind.Delegate):
                    place ??= operation;
                    break;
            }
        }

        return place;
    }

    private static IOperation? AllHeaders(IOperation body, IParameterSymbol carrier, CancellationToken cancellation)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            if (operation is IReturnOperation { ReturnedValue: { } value } && !OperationFacts.IsNested(operation, body)
                && (operation.Kind is OperationKind.YieldReturn ? LoopOverAll(operation, carrier) : FilterOverAll(value, carrier) ?? CollectedOverAll(value, body, carrier)) is { } all)
            {
                return all;
            }
        }

        return null;
    }

    // carrier.Where(...).Select(...)
    private static IOperation? FilterOverAll(IOperation value, IParameterSymbol carrier)
    {
        for (var current = Plain(value); current is IInvocationOperation { TargetMethod: { IsExtensionMethod: true, ContainingType.Name: "Enumerable" } method, Arguments: [{ Value: var source }, ..] }; current = Plain(source))
        {
            if (method.Name == "Where")
            {
                return Is(Unselected(source), carrier) ? current : null;
            }

            if (!s_keepsAll.Contains(method.Name))
            {
                return null;
            }
        }

        return null;
    }

    private static IOperation Unselected(IOperation source)
    {
        while (Plain(source) is IInvocationOperation { TargetMethod: { IsExtensionMethod: true, ContainingType.Name: "Enumerable", Name: var name }, Arguments: [{ Value: var inner }, ..] } && s_keepsAll.Contains(name))
        {
            source = inner;
        }

        return source;
    }

    // foreach (var header in carrier) if (...) yield return ...;
    private static IOperation? LoopOverAll(IOperation inside, IParameterSymbol carrier)
    {
        for (var parent = inside.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IForEachLoopOperation loop)
            {
                return Is(loop.Collection, carrier) && !Ends(loop) ? inside : null;
            }
        }

        return null;
    }

    // The same with a list that is returned.
    private static IOperation? CollectedOverAll(IOperation value, IOperation body, IParameterSymbol carrier)
    {
        if (Plain(value) is not ILocalReferenceOperation { Local: var list })
        {
            return null;
        }

        foreach (var operation in body.Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: "Add", Instance: ILocalReferenceOperation { Local: var target } } add
                && SymbolEqualityComparer.Default.Equals(target, list) && LoopOverAll(add, carrier) is { } all)
            {
                return all;
            }
        }

        return null;
    }

    private static bool Ends(IForEachLoopOperation loop)
    {
        foreach (var operation in loop.Body.Descendants())
        {
            if (operation is IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo } || (operation is IReturnOperation && operation.Kind is not OperationKind.YieldReturn))
            {
                return true;
            }
        }

        return false;
    }

    private static IOperation Plain(IOperation operation) => operation switch
    {
        IConversionOperation conversion => Plain(conversion.Operand),
        ITranslatedQueryOperation query => Plain(query.Operation),
        _ => operation,
    };

    private static bool Is(IOperation operation, IParameterSymbol parameter)
        => Plain(operation) is IParameterReferenceOperation { Parameter: var other } && SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, parameter.OriginalDefinition);
}
