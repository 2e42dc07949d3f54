using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Engine;

/// <content>Members of objects: fields, properties, and objects that other code has.</content>
internal sealed partial class Interpreter
{
    // The element of a tuple has two names.
    private static string NameOf(IFieldSymbol field) => (field.CorrespondingTupleField ?? field).Name;

    // Static members are members of an object that other code has, too.
    private Value InstanceOf(ISymbol member, IOperation? instance)
        => instance is not null
            ? Evaluate(instance)
            : Value.Of(_analysis.ObjectOf(ObjectKind.Opaque, member.ContainingType, null, member.ContainingType));

    private Value ReadField(IFieldReferenceOperation reference)
    {
        if (reference.Instance is null && LiteralIn(reference.Field) is { } literal)
        {
            return literal;
        }

        var holder = InstanceOf(reference.Field, reference.Instance);
        if (reference is { Instance: null, Field: { IsReadOnly: true } field }
            && holder.OnlyObject is { } type
            && _state[type][field.Name] is null)
        {
            Initialize(reference, field, type);
        }

        return ReadMember(holder, NameOf(reference.Field), reference);
    }

    // The initializer of a read-only static field has run before, once. A static constructor may assign something else.
    private void Initialize(IOperation where, IFieldSymbol field, HeapObject type)
    {
        if (run.Depth < BodyAnalysis.MaxDepth
            && field.ContainingType.StaticConstructors.All(static constructor => constructor.IsImplicitlyDeclared)
            && _analysis.Code.InitializerOf(field, _cancellation) is { } initializer
            && Follow(run.CalleeOf(where, initializer, null), _state) is { } exit
            && exit[type][field.Name] is { IsNull: false })
        {
            _state = exit;
        }
    }

    // A read-only field with a literal is a constant by another name.
    private Value? LiteralIn(IFieldSymbol field)
        => field is { IsReadOnly: true, DeclaringSyntaxReferences: [var declaration] }
            && declaration.GetSyntax(_cancellation)
                is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax { Token.Value: string text } }
                ? Value.OfConstant(text)
                : null;

    private Value ReadProperty(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (property.GetMethod is not { } getter)
        {
            return Value.Unknown;
        }

        if (property.IsIndexer || _analysis.Calls.EffectOf(getter) is { Kind: not EffectKind.Unknown })
        {
            var site = SiteOf(reference, getter, Evaluate(reference.Instance), reference.Arguments);
            return _isDead ? Value.Unknown
                : _analysis.Calls.EffectOf(getter) is { Kind: not EffectKind.Unknown } effect ? Apply(effect, site)
                : ReadEntry(site, site.Receiver, site[0]);
        }

        var whole = InstanceOf(property, reference.Instance);
        if (property.Name == "Current" && whole.Objects.Any(one => _state[one][Element] is not null))
        {
            return ReadMember(whole, Element, reference);
        }

        return BodiesOf(getter, property.IsVirtual || property.IsAbstract, whole) is { Count: > 0 } bodies
            ? Inline(bodies, SiteOf(reference, getter, whole, reference.Arguments))
            : ReadMember(whole, property.Name, reference);
    }

    private void WriteProperty(IPropertyReferenceOperation reference, Value value)
    {
        var property = reference.Property;
        if (property.SetMethod is { } accessor && _analysis.Calls.EffectOf(accessor).Kind is EffectKind.SetsCurrentSpan)
        {
            Current = value;
            return;
        }

        var whole = InstanceOf(property, reference.Instance);
        if (property.IsIndexer)
        {
            WriteEntry(whole, reference.Arguments is [{ Value: var key }, ..] ? Evaluate(key) : Value.Unknown, value);
        }
        else if (property.SetMethod is { } setter
            && BodiesOf(setter, property.IsVirtual || property.IsAbstract, whole) is { Count: > 0 } bodies)
        {
            Inline(bodies, new CallSite(reference, setter, whole, reference.Arguments, [value]));
        }
        else
        {
            WriteMember(whole, property.Name, value);
        }
    }

    /// <summary>What a member holds. What comes from another process has members that do, too.</summary>
    private Value ReadMember(Value whole, string member, IOperation where)
    {
        FailIfNull(whole, where);
        Value? held = null;
        foreach (var one in whole.Objects)
        {
            if (_state[one][member] is not { } value)
            {
                value = UnassignedMember(one, member, where.Type);
                _state = value.Objects.IsEmpty ? _state : _state.With(one, member, value);
            }

            held = Value.Join(held, value);
        }

        held ??= Value.Unknown;
        if (where is IPropertyReferenceOperation { Property: var property, Instance: var instance })
        {
            if (OtherProcesses.IsOwnBag(property))
            {
                return held.WithoutOrigin();
            }

            if (SerializedContexts.In(_analysis.Context).Is(property, instance is null ? null : run.Captured(instance), _cancellation))
            {
                held = held.From(Origin.OtherProcess, where);
            }
        }

        return whole.Is(Origin.OtherProcess | Origin.Parameter) && held.Origin is Origin.None ? held.From(whole) : held;
    }

    // A member may be null whatever its type says, before it is assigned.
    private Value UnassignedMember(HeapObject one, string member, ITypeSymbol? type)
        => one.Kind is not ObjectKind.Created || _state[one].HasEscaped || (one.Type is { } owner && !_analysis.Context.Has(owner))
            ? _analysis.Opaque((one, member), type) is var value && type is { IsReferenceType: true } ? value.With(Nullness.Unknown) : value
            : type is { IsValueType: true } ? Value.NotNull
            : Value.Unknown;

    private void WriteMember(Value whole, string member, Value value)
    {
        foreach (var one in whole.Objects)
        {
            var isOnly = whole.Objects.Length == 1;
            _state = _state.With(one, member, isOnly ? value : Value.Join(_state[one][member], value));
            if (one.Kind is not ObjectKind.Created || _state[one].HasEscaped)
            {
                GiveAway(value);
            }
        }

        if (whole.Objects.IsEmpty)
        {
            GiveAway(value);
        }
    }

    // Nothing comes after the use of a member of null. The value of a task stands for its result, which may be null.
    private void FailIfNull(Value value, IOperation where)
    {
        var instance = where switch
        {
            IMemberReferenceOperation { Instance: { } of } => of,
            IInvocationOperation { Instance: { } of } => of,
            _ => null,
        };
        _isDead |= value.IsNull && instance is { Type.IsValueType: not true } && !TaskTypes.IsTask(instance.Type);
    }

    // Whoever runs a delegate may stop the spans in its variables, and so may the one who runs activity.Stop.
    private void GiveAwayCapturedSpans(HeapObject work)
    {
        if (work.Site is IMethodReferenceOperation { Instance: { } instance })
        {
            GiveAway(Evaluate(instance));
        }

        if (CodeOf(work) is not ({ Graph: var graph }, { }))
        {
            return;
        }

        foreach (var operation in graph.OriginalOperation.Descendants())
        {
            ISymbol? captured = operation switch
            {
                ILocalReferenceOperation { Local: var local } => local,
                IParameterReferenceOperation { Parameter: var parameter } => parameter,
                _ => null,
            };
            if (captured is not null && _state[captured] is { } value)
            {
                GiveAwaySpans(value);
            }
        }
    }

    private void GiveAwaySpans(Value value)
    {
        foreach (var one in value.Objects)
        {
            if (_state[one] is { Phases: not SpanPhases.None } span)
            {
                _state = _state.With(one, span with { HasEscaped = true });
            }
        }
    }

    /// <summary>Other code has these objects from now on, with everything that can be reached from them.</summary>
    private void GiveAway(Value value)
    {
        var pending = new Stack<HeapObject>(value.Objects);
        while (pending.Count > 0)
        {
            var one = pending.Pop();
            if (one.Kind is ObjectKind.Delegate)
            {
                var current = Current;
                RunDelegate(one, (IOperation)one.Site, static (_, opaque) => opaque, mayNotRun: true);
                Current = current;
                GiveAwayCapturedSpans(one);
            }
            else if (_state[one] is { HasEscaped: false } state)
            {
                _state = _state.With(one, state with { HasEscaped = true });
                foreach (var inner in state.Members.Values.SelectMany(static member => member.Objects))
                {
                    pending.Push(inner);
                }
            }
        }
    }
}
