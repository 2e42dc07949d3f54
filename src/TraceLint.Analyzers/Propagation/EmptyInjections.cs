using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>Why an injection writes no trace context.</summary>
internal enum EmptyReason
{
    /// <summary>The setter does nothing.</summary>
    EmptySetter,

    /// <summary>The propagator is that of <c>DistributedContextPropagator.CreateNoOutputPropagator()</c>.</summary>
    NoOutputPropagator,

    /// <summary>The propagator is a <c>BaggagePropagator</c>.</summary>
    BaggagePropagator,

    /// <summary>The context is <c>default</c>.</summary>
    DefaultContext,

    /// <summary>The Activity is null.</summary>
    NullActivity,
}

/// <summary>What is wrong with an injection that writes no trace context, whatever is current when it runs.</summary>
/// <param name="Reason">Why it writes none.</param>
/// <param name="Operand">The operand that is the reason: the propagator, the context or the setter.</param>
/// <param name="MayWriteBaggage">Whether it may write baggage all the same.</param>
internal sealed record EmptyInjection(EmptyReason Reason, IOperation Operand, bool MayWriteBaggage);

/// <summary>
/// Finds injections that write no trace context by their operands alone. The propagators of OpenTelemetry and .NET write nothing of an
/// invalid context and of an Activity that is null; only the pass-through propagator of .NET does not look at the Activity. What a
/// propagator of the project does is its own affair.
/// </summary>
internal sealed class EmptyInjections(CompilationContext context)
{
    private const string BaggagePropagator = "OpenTelemetry.Context.Propagation.BaggagePropagator";

    /// <summary>What is wrong with an injection, the most serious first.</summary>
    /// <param name="call">Any call.</param>
    /// <returns>Nothing when it is none, or may write a context.</returns>
    public IEnumerable<EmptyInjection> Find(IInvocationOperation call, CancellationToken cancellation)
    {
        if (call is not { TargetMethod.Name: "Inject", Instance: { } propagator } || BaseOf(call.TargetMethod) is not { } api
            || IsOfProject(propagator, api, cancellation))
        {
            yield break;
        }

        var isOpenTelemetry = api.Name == "TextMapPropagator";
        IOperation? given = null, setter = null;
        foreach (var argument in call.Arguments)
        {
            (given, setter) = argument.Parameter?.Name switch
            {
                "context" or "activity" => (argument.Value, setter),
                "setter" => (given, argument.Value),
                _ => (given, setter),
            };
        }

        if (setter is not null && EmptySetter.Is(setter, context, cancellation))
        {
            yield return new EmptyInjection(EmptyReason.EmptySetter, setter, MayWriteBaggage: false);
        }

        var made = OnlyValue.Of(propagator, context, cancellation);
        if (made is IInvocationOperation { TargetMethod: { Name: "CreateNoOutputPropagator", IsStatic: true } })
        {
            yield return new EmptyInjection(EmptyReason.NoOutputPropagator, propagator, MayWriteBaggage: false);
        }

        var mayWriteBaggage = isOpenTelemetry && given is not null && GivenContext.MayHaveBaggage(given, cancellation);
        if (made is IObjectCreationOperation { Type: { Name: "BaggagePropagator" } type }
            && SymbolEqualityComparer.Default.Equals(type, context.Compilation.TypeNamed(BaggagePropagator)))
        {
            yield return new EmptyInjection(EmptyReason.BaggagePropagator, propagator, MayWriteBaggage: true);
        }

        if (given is null || !GivenContext.HasNoSpan(given, cancellation))
        {
            yield break;
        }

        if (isOpenTelemetry)
        {
            yield return new EmptyInjection(EmptyReason.DefaultContext, given, mayWriteBaggage);
        }
        else if (CallIndex.FirstWord("CreatePassThroughPropagator", context, cancellation) is null)
        {
            yield return new EmptyInjection(EmptyReason.NullActivity, given, MayWriteBaggage: false);
        }
    }

    private INamedTypeSymbol? BaseOf(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.Name is "TextMapPropagator" or "DistributedContextPropagator"
                && (Is(type, OpenTelemetryApi.Names.TextMapPropagator) || Is(type, SystemDiagnostics.Names.DistributedContextPropagator)))
            {
                return type;
            }
        }

        return null;
    }

    private bool Is(INamedTypeSymbol type, string name) => SymbolEqualityComparer.Default.Equals(type, context.Compilation.TypeNamed(name));

    // One of the project's own, or one that may be.
    private bool IsOfProject(IOperation propagator, INamedTypeSymbol api, CancellationToken cancellation)
        => OnlyValue.Of(propagator, context, cancellation) is IObjectCreationOperation { Type: { } made }
            ? context.Has(made)
            : context.TypesDerivedFrom(api).Any();
}
