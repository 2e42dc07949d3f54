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
            case EffectKind.IsPresent:
                return Not(IsNull(site[effect.Operand]));
            case EffectKind.Receives:
                var received = ResultOf(site).From(Origin.OtherProcess, site.Operation);
                StoreResults(site, received);
                return received;
            case EffectKind.ReadsSpan:
                return ResultOf(site).From(Origin.OwnSpan);
            case EffectKind.CreatesContext:
                return CreateContext(site);
            case EffectKind.CreatesSpan:
                Raise(new SpanCreated(site, _state));
                return _analysis.Opaque(site.Operation, site.Method.ReturnType).With(Nullness.Unknown);
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

    private Value HandOver(CallSite site, Value work)
    {
        var result = Value.Unknown;
        foreach (var one in work.Objects)
        {
            if (one.Kind is ObjectKind.Delegate)
            {
                result = RunDelegate(one, site.Operation, (ordinal, opaque) => ordinal == 0 ? site[1].From(opaque) : opaque, mayNotRun: true);
            }
        }

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
