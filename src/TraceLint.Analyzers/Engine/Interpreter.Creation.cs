using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Engine;

/// <content>Objects that are created: by constructors, as tuples and as collections.</content>
internal sealed partial class Interpreter
{
    private Value New(IOperation creation, ITypeSymbol? type)
    {
        var created = _analysis.ObjectOf(ObjectKind.Created, creation, run, type);
        _state = _state.With(created, ObjectState.Empty);
        return Value.Of(created);
    }

    private Value Create(IObjectCreationOperation creation)
    {
        if (creation is not { Constructor: { } constructor, Type: { } type })
        {
            return GiveAwayOperands(creation);
        }

        var site = SiteOf(creation, constructor, Value.Unknown, creation.Arguments);
        if (_isDead)
        {
            return Value.Unknown;
        }

        if (_analysis.Calls.EffectOf(constructor) is { Kind: not EffectKind.Unknown } effect && !creation.Arguments.IsEmpty)
        {
            return Apply(effect, site);
        }

        if (type.IsValueType && creation.Arguments.IsEmpty && !IsCollection(type))
        {
            return Value.Null;
        }

        var created = New(creation, type);
        if (_analysis.Context.Has(type))
        {
            Construct(created, constructor, site);
            return created;
        }

        foreach (var argument in creation.Arguments)
        {
            var value = argument.Parameter is { } parameter ? site[parameter.Ordinal] : Value.Unknown;
            WriteMember(created, MemberFor(argument.Parameter?.Name), value);
            if (IsCollection(type) && value.Objects.Any(one => _state[one][Element] is not null))
            {
                WriteMember(created, Element, ReadMember(value, Element, argument));
            }
        }

        return MadeOf(site, created);
    }

    private void Construct(Value created, IMethodSymbol constructor, CallSite site)
    {
        if (BodiesOf(constructor, isVirtual: false, created) is { Count: > 0 } bodies)
        {
            Inline(bodies, site.On(created));
            return;
        }

        // A primary constructor keeps its arguments: as properties of a record, or for the methods of the type.
        foreach (var argument in site.Arguments)
        {
            if (argument.Parameter is { } parameter)
            {
                WriteMember(created, parameter.Name, site[parameter.Ordinal]);
            }
        }
    }

    // What the constructor of a library is given usually becomes the property with that name.
    private static string MemberFor(string? parameter)
        => string.IsNullOrEmpty(parameter) ? "" : char.ToUpperInvariant(parameter![0]) + parameter.Substring(1);

    private Value CreateAnonymous(IAnonymousObjectCreationOperation creation)
    {
        var members = new List<(string Name, Value Value)>();
        foreach (var initializer in creation.Initializers)
        {
            if (initializer is ISimpleAssignmentOperation
                {
                    Target: IPropertyReferenceOperation { Property.Name: var name },
                    Value: var value
                })
            {
                members.Add((name, Evaluate(value)));
            }
        }

        return CreateWith(creation, members);
    }

    private Value CreateTuple(ITupleOperation tuple)
        => CreateWith(tuple, [.. tuple.Elements.Select((element, index) => ($"Item{index + 1}", Evaluate(element)))]);

    private Value CreateWith(IOperation creation, List<(string Name, Value Value)> members)
    {
        var created = New(creation, creation.Type);
        foreach (var (name, value) in members)
        {
            WriteMember(created, name, value);
        }

        return created;
    }

    private Value CreateCollection(IOperation creation, IEnumerable<IOperation> elements)
    {
        Value? all = null;
        var values = new List<Value>();
        foreach (var element in elements)
        {
            var value = element.Kind is OperationFacts.Spread
                ? ReadMember(Evaluate(element.ChildOperations.First()), Element, element)
                : Evaluate(element);
            all = Value.Join(all, value);
            values.Add(value);
            GiveAwaySpans(value);
        }

        var created = New(creation, creation.Type);
        foreach (var value in values)
        {
            Number(created.OnlyObject!, value);
        }

        if (all is not null)
        {
            WriteMember(created, Element, all);
        }

        return created;
    }

    private Value Clone(CallSite site)
    {
        var clone = New(site.Operation, site.Method.ReturnType);
        ObjectState? contents = null;
        foreach (var one in site.Receiver.Objects)
        {
            contents = contents?.Join(_state[one]) ?? _state[one];
        }

        _state = _state.With(clone.OnlyObject!, (contents ?? ObjectState.Empty) with { HasEscaped = false });
        return clone.From(site.Receiver);
    }
}
