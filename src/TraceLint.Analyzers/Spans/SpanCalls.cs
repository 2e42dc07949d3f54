using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Spans;

/// <summary>What calls do: start a span, inject one, pass one on to a helper of the project, or make something of it.</summary>
internal sealed class SpanCalls(SpanWorld world, SpanBody body, SpanEvaluation operations)
{
    // ActivityKind
    private const int Server = 1;
    private const int Consumer = 4;

    private SpanTypes Types => world.Model.Types;

    /// <summary>Applies a call.</summary>
    /// <returns>What it returns.</returns>
    public SpanValue Visit(IInvocationOperation call)
    {
        var instance = operations.Visit(call.Instance);
        var arguments = new SpanValue[call.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = operations.Visit(call.Arguments[i].Value);
        }

        if (call.Instance is { } target && instance.Held is Held.Null && target.Type?.OriginalDefinition.SpecialType is not SpecialType.System_Nullable_T && !target.IsAwaitable())
        {
            operations.Throw();
            return SpanValue.Other;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
            {
                operations.Forget(argument.Value);
            }
        }

        if (Types.IsCreation(call.TargetMethod))
        {
            return Start(call, arguments);
        }

        if (world.Model.InjectionAt(call.Syntax, world.Cancellation) is { } injection)
        {
            body.Inject(call.Syntax, Injected(injection, call, arguments));
            return SpanValue.Other;
        }

        return world.Model.Context.Has(call.TargetMethod) ? CallHelper(call, arguments) : CallLibrary(call, instance, arguments);
    }

    // With a parent of its own a span does not continue the current one, and what begins with a message or a request has
    // none to continue: what then is lost is not Activity.Current.
    private SpanValue Start(IInvocationOperation call, SpanValue[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (call.Arguments[i].Parameter?.Name is "parentContext" or "parentId"
                && (arguments[i].Held is Held.Nothing || !arguments[i].IsOnly(Held.Null | Held.Empty | Held.Current | Held.Span | Held.Passed)))
            {
                return SpanValue.Other;
            }

            if (call.Arguments[i] is { Parameter.Type.Name: "ActivityKind", Value.ConstantValue: { HasValue: true, Value: Server or Consumer } })
            {
                return SpanValue.Other;
            }
        }

        return world.Created ? new SpanValue(Held.Span, call.Syntax) : new SpanValue(Held.Null, call.Syntax);
    }

    private static SpanValue Injected(Injection injection, IInvocationOperation call, SpanValue[] arguments)
    {
        if (injection.NameOperand is not { } name)
        {
            return arguments[call.Arguments.IndexOf(call.Arguments.First(static argument => argument.Parameter?.Ordinal == 0))];
        }

        var values = new List<SpanValue>();
        for (var i = call.TargetMethod.IsExtensionMethod ? 1 : 0; i < arguments.Length; i++)
        {
            if (call.Arguments[i].Value.Syntax.Span != name.Span)
            {
                values.Add(arguments[i]);
            }
        }

        return SpanEvaluation.Made(values, SpanValue.Other);
    }

    private SpanValue CallHelper(IInvocationOperation call, SpanValue[] arguments)
    {
        var method = call.TargetMethod.OriginalDefinition;
        if (Types.TakesSpan(method))
        {
            body.Pass(call.Syntax, arguments);
        }

        if (Follow(method, call, arguments) is not { } outcome)
        {
            return SpanValue.Other;
        }

        if (!outcome.Ends)
        {
            operations.Throw();
            return SpanValue.Other;
        }

        Note(call, outcome, arguments);
        var returned = outcome.Returned;
        if (!returned.Has(Held.Passed))
        {
            return returned with { Start = call.Syntax };
        }

        var passed = SpanValue.Nothing;
        foreach (var argument in arguments)
        {
            passed = argument.Has(Held.Span) ? passed.Join(argument) : passed;
        }

        return passed.Has(Held.Passed) ? returned with { Start = passed.Start } : returned.Without(Held.Passed) with { Start = passed.Start };
    }

    private SpanOutcome? Follow(IMethodSymbol method, IInvocationOperation call, SpanValue[] arguments)
    {
        if (method.MethodKind is MethodKind.LocalFunction)
        {
            return body.Call(method, Entry(method, call, arguments, operations.State));
        }

        if (!world.Model.IsWorthFollowing(method, world.Cancellation) || world.Model.Context.BodiesOf(method, call.IsVirtual, world.Cancellation) is not [{ Graph: var graph }] || !world.TryEnter(method))
        {
            return null;
        }

        var outcome = new SpanBody(world, graph, outer: null).Follow(Entry(method, call, arguments, SpanState.Empty));
        world.Leave(method);
        return outcome;
    }

    private static SpanState Entry(IMethodSymbol method, IInvocationOperation call, SpanValue[] arguments, SpanState entry)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (call.Arguments[i].Parameter is { } parameter)
            {
                var value = arguments[i];
                entry = entry.With(method.Parameters[parameter.Ordinal], value.Has(Held.Span | Held.Current) ? value with { Held = value.Held | Held.Passed } : value);
            }
        }

        return entry;
    }

    // The call of a helper that injects what it is given, or the current context, is an injection itself. What a helper
    // starts itself is judged there.
    private void Note(IInvocationOperation call, SpanOutcome outcome, SpanValue[] arguments)
    {
        var injected = SpanValue.Nothing;
        foreach (var pair in outcome.AllInjections())
        {
            if (!world.Created || pair.Value.Has(Held.Passed | Held.Current))
            {
                injected = injected.Join(pair.Value);
            }
        }

        if (world.Created && injected.Held == 0)
        {
            return;
        }

        var start = SpanValue.Nothing;
        foreach (var argument in arguments)
        {
            start = argument.Has(Held.Span) ? start.Join(argument) : start;
        }

        body.Inject(call.Syntax, injected with { Start = start.Start });
    }

    private SpanValue CallLibrary(IInvocationOperation call, SpanValue instance, SpanValue[] arguments)
    {
        var method = call.TargetMethod;
        switch (method.Name)
        {
            case "GetValueOrDefault" when method.ContainingType.OriginalDefinition.SpecialType is SpecialType.System_Nullable_T:
                return arguments.Length == 0 ? instance.Made() : instance.Has(Held.Null) ? instance.Without(Held.Null).Join(arguments[0]) : instance;
            case "IsNullOrEmpty" or "IsNullOrWhiteSpace" when method.ContainingType.SpecialType is SpecialType.System_String && arguments.Length == 1:
                return IsNothing(arguments[0]);
            case "IsValid" when Types.IsContext(method.Parameters.FirstOrDefault()?.Type ?? method.ContainingType):
                return SpanConditions.Not(IsNothing(arguments.Length > 0 ? arguments[0] : instance));
            case "ConfigureAwait":
                return instance;
        }

        if (Types.IsSpan(method.ContainingType) && Types.IsSpan(method.ReturnType))
        {
            return instance.Without(Held.Null);
        }

        if (method.ReturnType.SpecialType is SpecialType.System_Boolean)
        {
            return SpanValue.Other;
        }

        return SpanEvaluation.Made(instance.IsTracked ? arguments.Prepend(instance.Without(Held.Null)) : arguments, SpanValue.Other);
    }

    private static SpanValue IsNothing(SpanValue value)
        => value is { Held: not 0 } && value.IsOnly(Held.Null | Held.Empty) ? SpanValue.Of(true)
            : value.Has(Held.Span) && value.IsOnly(Held.Span | Held.Passed) ? SpanValue.Of(false) : SpanValue.Other;
}
