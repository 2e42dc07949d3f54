using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Engine;

/// <content>Calls: into code of the project, which is followed in place, and into code that cannot be seen.</content>
internal sealed partial class Interpreter
{
    // A call with more possible targets than this is not followed.
    private const int MaxTargets = 4;

    /// <summary>Evaluates the arguments of a call.</summary>
    private CallSite SiteOf(IOperation operation, IMethodSymbol method, Value receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        var values = new Value?[method.Parameters.Length];
        foreach (var argument in arguments)
        {
            var value = argument.Parameter?.RefKind is RefKind.Out ? Value.Unknown : Evaluate(argument.Value);
            if (argument.Parameter is { Ordinal: var ordinal } && ordinal < values.Length)
            {
                values[ordinal] = value;
            }
        }

        return new CallSite(operation, method, receiver, arguments, values);
    }

    private Value Invoke(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var site = SiteOf(call, method, Evaluate(call.Instance), call.Arguments);
        if (_isDead)
        {
            return Value.Unknown;
        }

        var effect = _analysis.Calls.EffectOf(method);
        if (effect.Kind is not EffectKind.IsPresent)
        {
            FailIfNull(site.Receiver, call);
        }

        if (!_isDead && effect.Kind is not EffectKind.StopsSpan && !_analysis.Context.Has(method) && ThrowingCalls.MayThrow(method))
        {
            run.RaiseException(_state);
        }

        return _isDead ? Value.Unknown
            : effect.Kind is not EffectKind.Unknown ? Apply(effect, site)
            : method.MethodKind switch
            {
                MethodKind.DelegateInvoke => RunDelegates(site),
                MethodKind.LocalFunction => CallLocalFunction(site),
                _ when method.Name == "<Clone>$" => Clone(site),
                _ when _analysis.Context.Has(method) => CallOwn(site, call.IsVirtual || method.IsAbstract),
                _ => IsCollection(method.ContainingType) ? CallCollection(site) : CallOther(site),
            };
    }

    private Value CallOwn(CallSite site, bool isVirtual)
    {
        if (BodiesOf(site.Method, isVirtual, site.Receiver) is not { Count: > 0 } bodies)
        {
            return CallOther(site);
        }

        var result = Inline(bodies, site);
        return ReadsHeader(site) ? LookedUp(site, result) : result;
    }

    // A method that is given the name of a trace header and compares the keys of a collection with it: what it finds comes from another
    // process, unless it is seen to come from a span.
    private Value LookedUp(CallSite site, Value result)
    {
        foreach (var argument in site.Arguments)
        {
            if (!_isDead && argument.Parameter?.RefKind is RefKind.Out)
            {
                Store(argument.Value, Found(Evaluate(argument.Value)));
            }
        }

        return Found(result);

        Value Found(Value value)
            => value.Constant is null && !value.IsNull && !value.Is(Origin.OwnSpan)
                ? value.From(Origin.OtherProcess, site.Operation)
                : value;
    }

    private Value CallLocalFunction(CallSite site)
    {
        var function = site.Method.OriginalDefinition;
        if (run.HomeOf(function) is not { } home)
        {
            return CallOther(site);
        }

        _analysis.MarkCalled(function);
        return Inline([home.Body.LocalFunction(function, _cancellation)], site, home);
    }

    /// <summary>The bodies that a call may run.</summary>
    /// <returns>All of them; none when one cannot be seen, or the call is too deep to be followed.</returns>
    private List<CodeBody> BodiesOf(IMethodSymbol method, bool isVirtual, Value receiver)
    {
        if (run.Depth >= BodyAnalysis.MaxDepth || !_analysis.Context.Has(method))
        {
            return [];
        }

        var isKnown = receiver.OnlyObject is { Kind: ObjectKind.Created, Type: INamedTypeSymbol };
        var targets = isVirtual && isKnown && TargetIn((INamedTypeSymbol)receiver.OnlyObject!.Type!, method) is { } target
            ? ImmutableArray.Create(target)
            : _analysis.Context.MethodsOf(method, isVirtual);
        var bodies = new List<CodeBody>();
        foreach (var one in targets)
        {
            if (_analysis.Code.Of(one, _cancellation) is not { } body || bodies.Count == MaxTargets)
            {
                return [];
            }

            bodies.Add(body);
        }

        return bodies;
    }

    private static IMethodSymbol? TargetIn(INamedTypeSymbol type, IMethodSymbol method)
    {
        if (method.ContainingType.TypeKind is TypeKind.Interface)
        {
            return type.FindImplementationForInterfaceMember(method) as IMethodSymbol;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var candidate in current.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                if (!candidate.IsAbstract && Callers.MayRun(method, candidate))
                {
                    return candidate.OriginalDefinition;
                }
            }
        }

        return null;
    }

    /// <summary>Follows a call in place: what the code does with its arguments is done. Any of several bodies may run.</summary>
    private Value Inline(IReadOnlyList<CodeBody> bodies, CallSite site, BodyRun? home = null)
    {
        State? after = null;
        Value? returned = null;
        var results = new Value?[site.Arguments.Length];
        foreach (var body in bodies)
        {
            var method = body.Method!;
            if (run.IsInside(method))
            {
                // A recursive call does nothing that is not done anyway.
                after = after?.Join(_state) ?? _state;
                returned = Value.Join(returned, _analysis.Opaque(site.Operation, Awaited(method.ReturnType)));
                continue;
            }

            var entry = home is null && !method.IsStatic ? _state.With(method, site.Receiver) : _state;
            foreach (var parameter in method.Parameters)
            {
                entry = entry.With(parameter, site[parameter.Ordinal]);
            }

            var callee = run.CalleeOf(site.Operation, body, home);
            if ((Follow(callee, entry) ?? AfterStart(method)) is not { } exit)
            {
                continue;
            }

            for (var i = 0; i < results.Length; i++)
            {
                if (site.Arguments[i].Parameter is { RefKind: RefKind.Ref or RefKind.Out, Ordinal: var ordinal }
                    && ordinal < method.Parameters.Length
                    && exit[method.Parameters[ordinal]] is { } result)
                {
                    results[i] = Value.Join(results[i], result);
                }
            }

            exit = WithoutParameters(method, exit);
            exit = method.IsAsync || callee.Yielded is not null ? exit.With(State.CurrentSpan, Current) : exit;
            after = after?.Join(exit) ?? exit;
            returned = Value.Join(returned, Returned(callee, site.Operation, ref after));
        }

        if (after is null)
        {
            _isDead = !_analysis.IsOverBudget;
            return Value.Unknown;
        }

        _state = after;
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] is { } result)
            {
                Store(site.Arguments[i].Value, result);
            }
        }

        return returned ?? Value.Unknown;
    }

    // An async method that never ends returns a task all the same.
    private State? AfterStart(IMethodSymbol method) => method.IsAsync ? _state : null;

    // Runs a callee, or continues its run.
    private State? Follow(BodyRun callee, State entry)
    {
        callee.Run(entry);
        if (run.IsReplaying)
        {
            callee.Replay();
        }

        if (callee.ExceptionalExit is { } thrown)
        {
            run.RaiseException(callee.Body.Method is { } method ? WithoutParameters(method, thrown) : thrown);
        }

        return callee.Exit;
    }

    private static State WithoutParameters(IMethodSymbol method, State state)
    {
        var variables = state.Variables.Remove(method).RemoveRange(method.Parameters);
        return ReferenceEquals(variables, state.Variables) ? state : state with { Variables = variables };
    }

    // An iterator returns a sequence of what it yields.
    private Value Returned(BodyRun callee, IOperation call, ref State state)
    {
        if (callee.Yielded is not { } yielded)
        {
            return callee.Returned ?? Value.Unknown;
        }

        var sequence = _analysis.ObjectOf(ObjectKind.Created, (call, callee.Body), run, callee.Body.Method?.ReturnType);
        state = state.With(sequence, Element, yielded);
        return Value.Of(sequence);
    }

    private static ITypeSymbol? Awaited(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "Task" or "ValueTask" } task ? task.TypeArguments.FirstOrDefault() : type;

    private Value Delegate(IOperation operation, IMethodSymbol method)
        => Value.Of(_analysis.ObjectOf(ObjectKind.Delegate, operation, run, method.ReturnType));

    private Value RunDelegates(CallSite site)
    {
        Value? returned = null;
        foreach (var one in site.Receiver.Objects)
        {
            if (one.Kind is not ObjectKind.Delegate)
            {
                return CallOther(site);
            }

            var isOnly = site.Receiver.Objects.Length == 1;
            returned = Value.Join(returned, RunDelegate(one, site.Operation, (ordinal, _) => site[ordinal], mayNotRun: !isOnly));
        }

        return returned ?? CallOther(site);
    }

    /// <summary>Runs a delegate.</summary>
    /// <param name="one">The delegate.</param>
    /// <param name="where">What runs it.</param>
    /// <param name="argument">The argument for a parameter, by its ordinal; gets what is known when nothing is passed.</param>
    /// <param name="mayNotRun">Whether it may not run at all.</param>
    /// <returns>What it returns.</returns>
    private Value RunDelegate(HeapObject one, IOperation where, Func<int, Value, Value> argument, bool mayNotRun)
    {
        if (run.Depth > BodyAnalysis.MaxDepth || CodeOf(one) is not var (code, home) || run.IsInside(code.Method))
        {
            return Value.Unknown;
        }

        var entry = _state;
        foreach (var parameter in code.Method!.Parameters)
        {
            entry = entry.With(parameter, argument(parameter.Ordinal, _analysis.Opaque(parameter, parameter.Type)));
        }

        var callee = run.CalleeOf(where, code, home);
        if ((Follow(callee, entry) ?? AfterStart(code.Method)) is not { } exit)
        {
            _isDead = !mayNotRun && !_analysis.IsOverBudget;
            return Value.Unknown;
        }

        exit = WithoutParameters(code.Method, exit);
        exit = code.Method.IsAsync ? exit.With(State.CurrentSpan, Current) : exit;
        var after = mayNotRun ? _state.Join(exit) : exit;
        var returned = Returned(callee, where, ref after);
        _state = after;
        return returned;
    }

    private (CodeBody Code, BodyRun? Home)? CodeOf(HeapObject one)
    {
        switch (one.Site)
        {
            case IFlowAnonymousFunctionOperation lambda:
                _analysis.MarkCalled(lambda.Symbol);
                return (one.Run!.Body.Lambda(lambda, _cancellation), one.Run);
            case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction, OriginalDefinition: var function } }
                when one.Run!.HomeOf(function) is { } home:
                _analysis.MarkCalled(function);
                return (home.Body.LocalFunction(function, _cancellation), home);
            case IMethodReferenceOperation { Method: var method, IsVirtual: false }
                when BodiesOf(method, isVirtual: false, Value.Unknown) is [var body]:
                return (body, null);
            default:
                return null;
        }
    }

    /// <summary>A call into code that cannot be seen: it keeps what it is given, and its result may be made of that.</summary>
    private Value CallOther(CallSite site)
    {
        if (_analysis.Context.Has(site.Method) && !LogCalls.AreGenerated(site.Method))
        {
            run.RaiseException(_state);
        }

        var result = _analysis.Opaque(site.Operation, Awaited(site.Method.ReturnType));
        result = ReadsHeader(site) ? result.From(Origin.OtherProcess, site.Operation) : MadeOf(site, result);
        foreach (var argument in site.Arguments)
        {
            if (argument.Parameter is { } parameter)
            {
                GiveAway(site[parameter.Ordinal]);
                if (parameter.RefKind is RefKind.Out or RefKind.Ref)
                {
                    Store(argument.Value, _analysis.Opaque(argument, parameter.Type).From(result));
                }
            }
        }

        return result;
    }
}
