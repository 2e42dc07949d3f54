using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>A context appended to headers that already have one.</summary>
/// <param name="Append">The call that appends: the analyzed call, or a call in the setter that it passes.</param>
/// <param name="Headers">Where the headers are received or copied.</param>
/// <param name="Origin">Where the first one comes from, for a message.</param>
internal sealed record SecondHeader(IInvocationOperation Append, Location Headers, string Origin);

/// <summary>Finds where a context is appended to headers that already have one, in a transport whose headers are a list.</summary>
internal sealed class Appends(Transport transport, CarrierFlow flow)
{
    private const int MaxDepth = 3;

    private readonly EmptyInjections _empty = new(flow.Context);

    /// <summary>The names of the calls that may append.</summary>
    public static readonly string[] CalledNames = ["Inject", "Add"];

    /// <summary>Whether a call may append, judging by its syntax: an Inject, or an Add of something named like a trace header.</summary>
    public static bool MayAppend(InvocationExpressionSyntax call, string name) => name switch
    {
        "Inject" => true,
        "Add" when call.ArgumentList.Arguments is [{ Expression: var first }, ..]
            => Mentions(
                first is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var header }, ..] } ? header : first),
        _ => false,
    };

    /// <summary>The context that a call appends.</summary>
    /// <returns>Null when it does not append, or the headers may have no context yet.</returns>
    public SecondHeader? Find(IInvocationOperation call, CancellationToken cancellation)
    {
        var append = AppendBy(call, cancellation);
        if (append is null
            || OneBranch.IsGuarded(call.Syntax, GuardSubject.Headers)
            || flow.RunOf(call.Syntax, cancellation) is not { GaveUp: false } run
            || run.AdditionAt(call.Syntax.GetLocation()) is not { Carriers.IsEmpty: false } addition)
        {
            return null;
        }

        if (IsRepeated(call.Syntax, addition, run))
        {
            return new SecondHeader(append, addition.Carriers.First().Origin, "that have one from the last iteration");
        }

        Evidence? headers = null;
        foreach (var carrier in addition.Carriers)
        {
            // A header that may have been removed is not duplicated.
            if (run.ObservationOf(carrier) is not { Kind: EvidenceKind.Incoming } where
                || addition.Before.ContextOf(carrier).HasFlag(ContextState.Cleared))
            {
                return null;
            }

            headers ??= where;
        }

        return new SecondHeader(
            append,
            headers!.Location,
            addition.Carriers.Any(static carrier => carrier.Opaque is null) ? "copied from a received message" : "of a received message");
    }

    /// <summary>The context that a call in a loop appends through a helper of the project, to headers that the loop shares.</summary>
    /// <inheritdoc cref="Find"/>
    public SecondHeader? FindInHelper(IInvocationOperation call, CancellationToken cancellation)
    {
        if (LoopAround(call.Syntax) is null
            || call.TargetMethod.DeclaringSyntaxReferences.IsEmpty
            || flow.RunOf(call.Syntax, cancellation) is not { GaveUp: false } run
            || run.AdditionAt(call.Syntax.GetLocation()) is not { Carriers.IsEmpty: false, Place: { SourceTree: { } tree } place } addition
            || !IsRepeated(call.Syntax, addition, run))
        {
            return null;
        }

        var node = tree.GetRoot(cancellation).FindNode(place.SourceSpan, getInnermostNodeForTie: true);
        return node != call.Syntax
            && !OneBranch.IsGuarded(node, GuardSubject.Headers)
            && flow.Context.Of(tree).GetOperation(node, cancellation) is IInvocationOperation injection
            && AppendBy(injection, cancellation) is { } append
                ? new SecondHeader(append, addition.Carriers.First().Origin, "that have one from the last iteration")
                : null;
    }

    /// <summary>The innermost loop in which a node runs each time; null when there is none, or the node may be skipped in it.</summary>
    public static StatementSyntax? LoopAround(SyntaxNode node)
    {
        for (var parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax:
                    return (StatementSyntax)parent;
                case IfStatementSyntax or SwitchStatementSyntax or SwitchExpressionSyntax or ConditionalExpressionSyntax or CatchClauseSyntax
                    or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    // Headers that are made before a loop, get a context in each iteration, and leave in each.
    private static bool IsRepeated(SyntaxNode call, Addition addition, FlowRun run)
        => LoopAround(call) is { } loop
            && addition.Carriers.All(carrier => carrier is { Opaque: null, Origin: var made }
                && made.SourceTree == loop.SyntaxTree
                && !loop.Span.Contains(made.SourceSpan)
                && addition.Before.ContextOf(carrier) is (ContextState.Absent | ContextState.Present) or ContextState.Present
                && run.Publishes.Any(publish => loop.Span.Contains(publish.Call.Span) && publish.State.IsIn(publish.Messages, carrier)));

    private IInvocationOperation? AppendBy(IInvocationOperation call, CancellationToken cancellation) => flow.Model.EffectOf(call) switch
    {
        { Kind: CallEffectKind.Inject } when !WritesNothing(call, cancellation) => AppendIn(SetterOf(call), MaxDepth, cancellation),
        { Kind: CallEffectKind.Write, Entry: { } entry }
            when flow.Model.MeaningOf(entry, static name => name, out _) is EntryMeaning.Context => call,
        _ => null,
    };

    // TL1006 reports it.
    private bool WritesNothing(IInvocationOperation inject, CancellationToken cancellation)
        => _empty.Find(inject, cancellation).Any(static empty => !empty.MayWriteBaggage);

    private static IOperation? SetterOf(IInvocationOperation inject)
    {
        foreach (var argument in inject.Arguments)
        {
            if (argument.Parameter?.Name == "setter")
            {
                return argument.Value;
            }
        }

        return null;
    }

    // The only write of a setter that removes nothing. Other methods that it calls may remove the header.
    private IInvocationOperation? AppendIn(IOperation? setter, int depth, CancellationToken cancellation)
    {
        if (depth == 0 || DelegateBody.Of(setter, flow.Context, cancellation) is not { Body: var body })
        {
            return null;
        }

        IInvocationOperation? append = null;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is not IInvocationOperation call)
            {
                continue;
            }

            switch (transport.EffectOf(call).Kind)
            {
                case CallEffectKind.Write when append is null:
                    append = call;
                    break;
                case CallEffectKind.Harmless:
                case CallEffectKind.Unknown when call.TargetMethod.Locations is [{ IsInSource: false }, ..]:
                    break;
                default:
                    return null;
            }
        }

        return append;
    }

    private static bool Mentions(ExpressionSyntax name) => name switch
    {
        LiteralExpressionSyntax { Token: var token } when token.IsKind(SyntaxKind.StringLiteralToken)
            => TraceVocabulary.IsContextHeader(token.ValueText),
        IdentifierNameSyntax or MemberAccessExpressionSyntax => TraceVocabulary.MayNameContextHeader(name.ToString()),
        _ => false,
    };
}
