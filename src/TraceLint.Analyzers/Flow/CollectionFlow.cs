using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>
/// What .NET's own collections and LINQ do with messages: which batch holds which. A message put into any other
/// collection is lost sight of.
/// </summary>
internal sealed class CollectionFlow(FlowRun run, BodyFlow body, ObjectFacts facts, OperationFlow operations)
{
    private static readonly HashSet<string> s_readers = new(StringComparer.Ordinal)
    {
        "Any", "All", "Clear", "Contains", "Count", "Dispose", "EnsureCapacity", "IndexOf", "LongCount", "MoveNext", "Remove", "RemoveAll",
        "RemoveAt", "RemoveRange", "Reset", "Sort", "TrimExcess", "TryGetNonEnumeratedCount",
    };

    private static readonly HashSet<string> s_sizes = new(StringComparer.Ordinal) { "Capacity", "Count", "IsEmpty", "IsReadOnly", "Length", "LongLength" };

    private static readonly HashSet<string> s_adders = new(StringComparer.Ordinal)
    {
        "Add", "AddFirst", "AddLast", "AddRange", "Enqueue", "Insert", "InsertRange", "Push",
    };

    /// <summary>A collection is made of elements that are written down.</summary>
    /// <param name="creation">An array or a collection expression.</param>
    /// <param name="elements">Its elements.</param>
    public ImmutableHashSet<TrackedObject> Create(IOperation creation, IEnumerable<IOperation> elements)
    {
        var role = run.Model.RoleOf(creation.Type);
        var created = role is CarrierRole.Batch or CarrierRole.Carrier ? facts.Create(role, creation.Syntax) : ObjectFacts.Nothing;
        foreach (var element in elements)
        {
            var values = operations.Visit(element.Kind is OperationFacts.Spread ? element.ChildOperations.First() : element);
            switch (role)
            {
                case CarrierRole.Batch:
                    facts.AddMessages(created, values, creation);
                    break;
                case CarrierRole.Carrier:
                    facts.WriteEntry(created, body.Captured(element), body.ValueOf, element);
                    break;
                default:
                    facts.LoseSight(values, EvidenceKind.StoredElsewhere, creation, null);
                    break;
            }
        }

        return created;
    }

    /// <summary>A tuple or an anonymous object is made. It holds messages as a batch does; what else it is given is lost sight of.</summary>
    public ImmutableHashSet<TrackedObject> Compose(IOperation creation, IEnumerable<IOperation> parts)
    {
        var created = facts.Create(CarrierRole.Batch, creation.Syntax);
        foreach (var part in parts)
        {
            var values = operations.Visit(part is ISimpleAssignmentOperation assignment ? assignment.Value : part);
            facts.AddMessages(created, values, creation);
            facts.LoseSight(values.Where(static value => value.Role is CarrierRole.Carrier).ToImmutableHashSet(), EvidenceKind.StoredElsewhere, creation, null);
        }

        return created;
    }

    /// <summary>A part of a tuple or an anonymous object is read.</summary>
    /// <returns>Null when it is no such part, or the whole holds no message.</returns>
    public ImmutableHashSet<TrackedObject>? Part(IMemberReferenceOperation member)
        => Composite.IsPart(member.Member) && BatchesIn(operations.Visit(member.Instance)) is { IsEmpty: false } wholes
            ? PartOf(wholes, member)
            : null;

    /// <summary>A part of a tuple is set. What it held stays possible.</summary>
    /// <returns>False when it is no such part, or not one that is followed.</returns>
    public bool SetPart(IFieldReferenceOperation member, ImmutableHashSet<TrackedObject> values)
    {
        if (!Composite.IsPart(member.Field) || run.Model.RoleOf(member.Type) is not CarrierRole.Message
            || BatchesIn(operations.Visit(member.Instance)) is not { IsEmpty: false } wholes)
        {
            return false;
        }

        facts.AddMessages(wholes, values, member);
        return true;
    }

    /// <summary>What a part of tuples or anonymous objects may be.</summary>
    /// <param name="wholes">The tuples.</param>
    /// <param name="part">The variable that it is assigned to, or the member that is read.</param>
    public ImmutableHashSet<TrackedObject> PartOf(ImmutableHashSet<TrackedObject> wholes, IOperation part) => run.Model.RoleOf(part.Type) switch
    {
        CarrierRole.Message => facts.PartsOf(BatchesIn(wholes), part, ""),
        CarrierRole.Batch => BatchesIn(wholes),
        _ => ObjectFacts.Nothing,
    };

    /// <summary>An element is taken out: <c>batch[0]</c>, or what an enumerator stands at.</summary>
    /// <returns>Null when it is not a batch that it is taken out of.</returns>
    // The enumerator of an array stands at an object.
    public ImmutableHashSet<TrackedObject>? Element(IOperation element, IOperation? collection)
        => element is IArrayElementReferenceOperation or IPropertyReferenceOperation { Property: { IsIndexer: true } or { Name: "Current" } }
            && (run.Model.RoleOf(element.Type) is not CarrierRole.None || element.Type is { SpecialType: SpecialType.System_Object })
            && BatchesIn(operations.Visit(collection)) is { IsEmpty: false } batches
                ? Take(batches, element)
                : null;

    /// <summary>A member of a batch is read that is none of those: whoever has it may reach the messages.</summary>
    /// <returns>False when it is no member of a batch, or one that says nothing of the messages.</returns>
    public bool Reach(IPropertyReferenceOperation member)
    {
        if (s_sizes.Contains(member.Property.Name) || !IsCollection(member.Property.ContainingType) || BatchesIn(operations.Visit(member.Instance)) is not { IsEmpty: false } batches)
        {
            return false;
        }

        facts.LoseSight(batches, EvidenceKind.PassedOn, member, member.Property.Name);
        return true;
    }

    /// <summary>An element is set: <c>batch[0] = message</c>.</summary>
    public bool Set(IPropertyReferenceOperation indexer, ImmutableHashSet<TrackedObject> values)
    {
        if (!indexer.Property.IsIndexer || BatchesIn(operations.Visit(indexer.Instance)) is not { IsEmpty: false } batches)
        {
            return false;
        }

        facts.AddMessages(batches, values, indexer);
        return true;
    }

    /// <summary>Applies a call of a collection's method, or of LINQ.</summary>
    /// <returns>What it may return; null when it is no such call, or one whose effect is not known.</returns>
    public ImmutableHashSet<TrackedObject>? Visit(IInvocationOperation call)
    {
        if (IsLookAtCarrier(call))
        {
            return ObjectFacts.Nothing;
        }

        if (!IsOfCollections(call.TargetMethod) || !IsAboutMessages(call))
        {
            return null;
        }

        var isInstance = call.Instance is not null;
        var source = operations.Visit(isInstance ? call.Instance : call.Arguments[0].Value);
        var batches = BatchesIn(source);
        var given = ObjectFacts.Nothing;
        for (var i = isInstance ? 0 : 1; i < call.Arguments.Length; i++)
        {
            given = given.Union(Give(call.Arguments[i].Value, batches, call));
        }

        switch (call.TargetMethod.Name)
        {
            case var name when s_readers.Contains(name):
            case "ForEach":
                return ObjectFacts.Nothing;
            case var name when isInstance && s_adders.Contains(name):
                facts.AddMessages(source, given, call);
                return run.Model.RoleOf(call.Type) is CarrierRole.Batch ? batches : ObjectFacts.Nothing;
            case "GetEnumerator" or "GetAsyncEnumerator":
                return batches;
            case "Select" or "SelectMany" or "ConvertAll" when run.Model.RoleOf(call.Type) is CarrierRole.Batch:
                return Collect(given, call);
        }

        return run.Model.RoleOf(call.Type) switch
        {
            CarrierRole.Batch => Collect(source.Union(given), call),
            CarrierRole.Message when !batches.IsEmpty => Take(batches, call),
            _ => null,
        };
    }

    // LINQ over the entries of a carrier changes nothing in it, unless the result is a carrier again.
    private bool IsLookAtCarrier(IInvocationOperation call)
    {
        if (call.TargetMethod is not { IsExtensionMethod: true, ContainingType: { Name: "Enumerable", Locations: [{ IsInSource: false }, ..] } type }
            || type.ContainingNamespace?.ToDisplayString() != "System.Linq"
            || run.Model.RoleOf(call.Type) is not CarrierRole.None
            || operations.Visit(call.Arguments[0].Value) is not { IsEmpty: false } source
            || source.Any(static value => value.Role is not CarrierRole.Carrier and not CarrierRole.None))
        {
            return false;
        }

        foreach (var argument in call.Arguments.Skip(1))
        {
            facts.LoseSight(operations.Visit(argument.Value), EvidenceKind.PassedOn, argument, call.TargetMethod.Name);
        }

        return true;
    }

    // What an argument brings: messages, or a delegate that makes them, given those that are there.
    private ImmutableHashSet<TrackedObject> Give(IOperation argument, ImmutableHashSet<TrackedObject> batches, IInvocationOperation call)
    {
        if (argument.Type?.TypeKind is not TypeKind.Delegate)
        {
            return operations.Visit(argument);
        }

        if (argument is IDelegateCreationOperation { Target: IFlowAnonymousFunctionOperation lambda })
        {
            if (lambda.Symbol.Parameters is [var parameter, ..] && run.Model.RoleOf(parameter.Type) is not CarrierRole.None && !batches.IsEmpty)
            {
                facts.State = facts.State.WithVariable(parameter, Take(batches, call));
            }

            facts.State = body.Meet(lambda, facts.State);
            return body.ReturnedBy(lambda);
        }

        // What a method or a delegate does to each message is not followed.
        operations.Visit(argument);
        facts.LoseSight(batches, EvidenceKind.PassedOn, argument, call.TargetMethod.Name);
        return facts.Opaque((argument.Type as INamedTypeSymbol)?.DelegateInvokeMethod?.ReturnType, argument.Syntax, argument, EvidenceKind.MadeElsewhere, null);
    }

    private ImmutableHashSet<TrackedObject> Collect(ImmutableHashSet<TrackedObject> messages, IOperation call)
    {
        var collected = facts.Create(CarrierRole.Batch, call.Syntax);
        facts.AddMessages(collected, messages, call);
        return collected;
    }

    // One of the messages; or, of a batch of batches, again a batch, with the same messages.
    private ImmutableHashSet<TrackedObject> Take(ImmutableHashSet<TrackedObject> batches, IOperation element)
        => run.Model.RoleOf(element.Type) is CarrierRole.Batch ? batches : facts.PartsOf(batches, element, "");

    private static ImmutableHashSet<TrackedObject> BatchesIn(ImmutableHashSet<TrackedObject> values)
    {
        foreach (var value in values)
        {
            if (value.Role is not CarrierRole.Batch)
            {
                values = values.Remove(value);
            }
        }

        return values;
    }

    private bool IsAboutMessages(IInvocationOperation call)
        => run.Model.RoleOf(call.Type) is CarrierRole.Batch
            || (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is { } source
                && (run.Model.RoleOf(source.Type) is CarrierRole.Batch || (source is IFlowCaptureReferenceOperation or IConversionOperation && !BatchesIn(operations.Visit(source)).IsEmpty));

    private static bool IsOfCollections(IMethodSymbol method) => method.ContainingType is { Locations: [{ IsInSource: false }, ..] } type && IsCollection(type);

    private static bool IsCollection(INamedTypeSymbol type)
        => type.SpecialType is SpecialType.System_Array or SpecialType.System_IDisposable || type.Name == "IAsyncDisposable"
            || type.ContainingNamespace?.ToDisplayString() is "System.Linq" or "System.Collections" or "System.Collections.Generic" or "System.Collections.Immutable"
                or "System.Collections.ObjectModel" or "System.Collections.Concurrent" or "Google.Protobuf.Collections";
}
