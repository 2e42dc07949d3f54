using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Engine;

/// <content>What the effects of calls do to the state, and which events they raise.</content>
internal sealed partial class Interpreter
{
    private Value Apply(Effect effect, CallSite site)
    {
        switch (effect.Kind)
        {
            case EffectKind.Returns:
                return site[effect.Operand];
            case EffectKind.ComposesText:
                return ComposeText(site);
            case EffectKind.IsPresent:
                return Not(IsNull(site[effect.Operand]));
            case EffectKind.Receives:
                var received = ResultOf(site).From(Origin.OtherProcess, site.Operation);
                StoreResults(site, received);
                return received;
            case EffectKind.ReadsSpan:
                return ResultOf(site).From(Origin.OwnSpan);
            case EffectKind.ReadsCurrentSpan:
                return Current.With(Nullness.Unknown).From(Origin.OwnSpan);
            case EffectKind.CreatesContext:
                return CreateContext(site);
            case EffectKind.CreatesSpan:
                return CreateSpan(effect, site);
            case EffectKind.SetsParent:
                Raise(new ParentSet(site, _state, run));
                return site.Receiver;
            case EffectKind.StartsSpan:
                return StartSpan(site, site[effect.Operand], effect);
            case EffectKind.StopsSpan:
                StopSpan(site, site[effect.Operand]);
                return Value.Unknown;
            case EffectKind.StartsProcess:
                Raise(new ProcessStarted(site, _state, run));
                return ResultOf(site);
            case EffectKind.CreatesWith:
                return WithMember(New(site.Operation, site.Method.ReturnType), effect, site);
            case EffectKind.CopiesWith:
                return WithMember(Clone(site), effect, site);
            case EffectKind.Adds:
                Add(site);
                return site.Receiver;
            case EffectKind.Injects:
                return Inject(site);
            case EffectKind.Runs:
                return HandOver(site, site[effect.Operand]);
            default:
                var computed = MadeOf(site, ResultOf(site));
                StoreResults(site, computed);
                return computed;
        }
    }

    private Value ResultOf(CallSite site) => _analysis.Opaque(site.Operation, Awaited(site.Method.ReturnType));

    /// <summary>What a call makes of its operands and of everything that they contain: text, bytes, another object.</summary>
    private Value MadeOf(CallSite site, Value result)
    {
        HashSet<HeapObject>? seen = null;
        var pending = new Stack<Value>(site.Values.Append(site.Receiver));
        while (pending.Count > 0)
        {
            var value = pending.Pop();
            result = result.From(value);
            foreach (var one in value.Objects)
            {
                if ((seen ??= []).Add(one))
                {
                    foreach (var member in _state[one].Members.Values)
                    {
                        pending.Push(member);
                    }
                }
            }
        }

        return result;
    }

    private void Raise(TraceEvent raised)
    {
        if (run.IsReplaying)
        {
            _analysis.Raise(raised);
        }
    }

    private Value CreateSpan(Effect effect, CallSite site)
    {
        Raise(new SpanCreated(site, _state));
        var before = _state;
        var type = site.Method.MethodKind is MethodKind.Constructor ? site.Method.ContainingType : site.Method.ReturnType;
        var span = New(site.Operation, type);
        var one = span.OnlyObject!;
        _state = _state.With(one, ObjectState.Empty with { Phases = effect.IsStarted ? SpanPhases.Running : SpanPhases.Created });
        if (effect.IsStarted)
        {
            Raise(new SpanStarted(site, before, one, run, effect.BecomesCurrent));
            MakeCurrent(span, effect);
        }

        return effect.MayReturnNull ? span.With(Nullness.Unknown) : span;
    }

    private Value StartSpan(CallSite site, Value span, Effect effect)
    {
        foreach (var one in span.Objects)
        {
            if (_state[one] is { Phases: not SpanPhases.None } known)
            {
                Raise(new SpanStarted(site, _state, one, run, effect.BecomesCurrent));
                _state = _state.With(one, known with { Phases = SpanPhases.Running });
            }
        }

        MakeCurrent(span, effect);
        return span;
    }

    private Value Current
    {
        get => _state[State.CurrentSpan] ?? Value.Unknown;
        set => _state = _state.With(State.CurrentSpan, value);
    }

    private void MakeCurrent(Value span, Effect effect)
    {
        if (effect.BecomesCurrent && !span.IsNull)
        {
            foreach (var one in span.Objects)
            {
                _state = _state.With(one, State.SpanBefore, Current);
            }

            Current = Value.OfAll(span);
        }
    }

    // A span that is started on some paths, while others yield null instead: it is current, if it is created at all.
    private void AssumeCreated(Value span)
    {
        if (!span.Objects.IsEmpty
            && (span.Nullness & Nullness.Null) != 0
            && Current.Objects.Length > span.Objects.Length
            && span.Objects.All(one => Current.Contains(one) && (_state[one].Phases & SpanPhases.Running) != 0))
        {
            Current = Value.OfAll(span);
        }
    }

    // The one that was current before it is current again, if anything is known of it.
    private void RestoreBefore(Value span)
    {
        Value? before = null;
        foreach (var one in span.Objects)
        {
            if (_state[one][State.SpanBefore] is { } outer)
            {
                before = Value.Join(before, outer);
            }
        }

        Current = before ?? Current;
    }

    // Of several spans that it may be, the others were not started on this path.
    private void StopSpan(CallSite site, Value span)
    {
        Raise(new SpanStopped(site, _state, span, run));
        RestoreBefore(span);
        foreach (var one in span.Objects)
        {
            if (_state[one] is { Phases: not SpanPhases.None } known)
            {
                _state = _state.With(one, known with { Phases = SpanPhases.Stopped });
            }
            else if (one.Type is INamedTypeSymbol { TypeKind: not TypeKind.Interface } type
                && TargetIn(type, site.Method) is { } dispose
                && BodiesOf(dispose, isVirtual: false, span) is { Count: > 0 } bodies)
            {
                Inline(bodies, site.On(Value.Of(one)));
            }
        }
    }

    private Value CreateContext(CallSite site)
    {
        Raise(new ContextCreated(site, _state));
        var type = site.Method.ContainingType;
        var context = MadeOf(site, Value.Of(_analysis.ObjectOf(ObjectKind.Opaque, site.Operation, null, type)));
        StoreResults(site, context.With(Nullness.Unknown));
        return site.Method.MethodKind is MethodKind.Constructor || SymbolEqualityComparer.Default.Equals(site.Method.ReturnType, type)
            ? context
            : Value.NotNull;
    }

    private void StoreResults(CallSite site, Value result)
    {
        foreach (var argument in site.Arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Out)
            {
                Store(argument.Value, result);
            }
        }
    }

    // Where a delegate is given, it builds what the member holds.
    private Value WithMember(Value whole, Effect effect, CallSite site)
    {
        var held = site[0];
        if (held.OnlyObject is { Kind: ObjectKind.Delegate } builds)
        {
            var builder = New((IOperation)builds.Site, null);
            RunDelegate(builds, site.Operation, (_, _) => builder, mayNotRun: false);
            held = builder;
        }

        WriteMember(whole, effect.Member, held);
        return whole;
    }

    private void Add(CallSite site)
    {
        if (site.Method.Parameters.Length > 1 && site.Method.Parameters[1].Type.SpecialType is SpecialType.System_String)
        {
            WriteEntry(site.Receiver, site[0], site[1]);
        }
        else
        {
            AddElement(site.Receiver, site[0]);
        }
    }

    // The propagator keeps nothing, but what its setter writes to is known to other code.
    private Value Inject(CallSite site)
    {
        foreach (var value in site.Values.Where(value => value.Objects.All(one => _state[one].Phases is SpanPhases.None)))
        {
            GiveAway(value);
        }

        return Value.Unknown;
    }

    private Value HandOver(CallSite site, Value work)
    {
        var (result, current) = (Value.Unknown, Current);
        foreach (var one in work.Objects)
        {
            if (one.Kind is ObjectKind.Delegate)
            {
                result = RunDelegate(
                    one, site.Operation, (ordinal, opaque) => ordinal == 0 ? site[1].From(opaque) : opaque, mayNotRun: true);
                GiveAwayCapturedSpans(one);
            }
        }

        Current = current;
        return result;
    }

    /// <summary>Whether a call reads a trace header: it is passed the name of one.</summary>
    private static bool ReadsHeader(CallSite site)
        => site.Method.ContainingType is { } type
            && !IsOfProcess(type)
            && site.Values.Any(static value => value.Constant is string name && TraceVocabulary.IsContextHeader(name));

    // The tags and baggage of a span, and caches, contain what this process has put there.
    private static bool IsOfProcess(INamedTypeSymbol type)
        => type.ContainingNamespace.ToDisplayString() is "System.Diagnostics"
            or "OpenTelemetry"
            or "OpenTelemetry.Trace"
            or "Microsoft.Extensions.Caching.Memory"
            or "System.Runtime.Caching";
}
