using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>An injection that loses the current context when its span was not created.</summary>
/// <param name="IsSkipped">Whether it does not run then; else it runs and writes nothing.</param>
/// <param name="Start">The expression that starts the span, in this body or that of a caller; null when it cannot be told.</param>
/// <param name="Variable">The variable that holds the span; null when there is none.</param>
/// <param name="Guard">The condition that keeps it from running.</param>
/// <param name="Leaving">The calls that the carrier is handed to then.</param>
internal sealed record LostContext(bool IsSkipped, SyntaxNode? Start, ISymbol? Variable, SyntaxNode? Guard, IReadOnlyList<SyntaxNode> Leaving)
{
    /// <summary>Judges an injection, or the call of a helper that injects.</summary>
    /// <returns>Null when the context is not lost, or that is not certain.</returns>
    public static LostContext? At(SyntaxNode node, SpanModel model, CancellationToken cancellation)
    {
        if (EnclosingBody.Of(node) is not { } body || !model.MayHoldSpan(body)
            || model.Follow(body, created: true, cancellation) is not { Outcome: not null } created || created.Around(node) is not { } function
            || !function.Injections.TryGetValue(node, out var injected))
        {
            return null;
        }

        var value = injected.Value.Without(Held.Passed);
        if (!value.Has(Held.Span | Held.Current) || !value.IsOnly(Held.Span | Held.Current | Held.Null | Held.Empty)
            || model.Follow(body, created: false, cancellation) is not { Outcome: not null } missing)
        {
            return null;
        }

        var isHelper = model.InjectionAt(node, cancellation) is null;
        (SpanValue Value, int Block) written = default;
        var runs = missing.Around(node)?.Injections.TryGetValue(node, out written) is true;
        if (runs && (!value.Has(Held.Span) || !written.Value.IsOnly(Held.Null | Held.Empty) || (written.Value.Held is Held.Nothing && !isHelper)))
        {
            return null;
        }

        if (model.Context.Of(node.SyntaxTree).OperationOf(node, cancellation) is not { } operation
            || (operation is IInvocationOperation inject && model.Empty.Find(inject, cancellation).Any())
            || (runs && isHelper && operation is IInvocationOperation { TargetMethod: var helper } && (helper.MethodKind is MethodKind.LocalFunction || model.TakesSpanFromVisibleCallers(helper.OriginalDefinition))))
        {
            return null;
        }

        var carrier = Of(node, model, operation, cancellation);
        SyntaxNode? guard = null;
        var leaving = new List<SyntaxNode>();
        if (carrier.IsNone || IsInjectedOtherwise(node, carrier, missing, model, cancellation) || (!runs && !Departs(node, injected.Block, created, missing, carrier, leaving, out guard)))
        {
            return null;
        }

        var start = injected.Value.Start;
        return new LostContext(!runs, start, start is not null && created.Names.TryGetValue(start, out var variable) ? variable : null, guard, leaving);
    }

    private static Carrier Of(SyntaxNode node, SpanModel model, IOperation operation, CancellationToken cancellation)
    {
        var body = operation;
        while (body.Parent is { } parent)
        {
            body = parent;
        }

        return Carrier.Of(model.InjectionAt(node, cancellation), operation, body, model.Types);
    }

    // Another injection into the same carrier, which writes something although there is no span.
    private static bool IsInjectedOtherwise(SyntaxNode node, Carrier carrier, SpanReport missing, SpanModel model, CancellationToken cancellation)
    {
        var header = model.InjectionAt(node, cancellation)?.Header;
        foreach (var other in missing.Outcome!.AllInjections())
        {
            if (header is not null && model.InjectionAt(other.Key, cancellation)?.Header is { } name && !string.Equals(header, name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (other.Key != node && other.Value.Has(Held.Current | Held.Other | Held.Span)
                && model.Context.Of(other.Key.SyntaxTree).OperationOf(other.Key, cancellation) is { } operation && carrier.MayBe(Of(other.Key, model, operation, cancellation)))
            {
                return true;
            }
        }

        return false;
    }

    // In the innermost function that runs in both worlds.
    private static bool Departs(SyntaxNode node, int block, SpanReport created, SpanReport missing, Carrier carrier, List<SyntaxNode> leaving, out SyntaxNode? guard)
    {
        var (withSpan, without) = (created.Outcome!, missing.Outcome!);
        var (at, after) = (-1, node.Span.End);
        foreach (var function in SpanReport.FunctionsAround(node))
        {
            var nested = withSpan.Nested[function];
            if (!without.Nested.TryGetValue(function, out var same))
            {
                (at, after) = (nested.Block, function.Span.End);
                break;
            }

            (withSpan, without) = (nested.Outcome, same.Outcome);
        }

        var departure = new Departure(withSpan, without, carrier);
        var departs = departure.IsCertain(at < 0 ? block : at, after, out var condition);
        guard = condition?.Syntax;
        leaving.AddRange(departure.Calls);
        return departs;
    }
}
