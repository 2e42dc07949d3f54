using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>
/// What a call does to the state: what the model knows of it, or what its body says when it is a helper of the project;
/// else what is handed to it is lost sight of.
/// </summary>
internal sealed class CallFlow(FlowRun run, BodyFlow body, ObjectFacts facts, OperationFlow operations)
{
    /// <summary>Applies a call.</summary>
    /// <returns>The objects it may return.</returns>
    public ImmutableHashSet<TrackedObject> Visit(IInvocationOperation call)
    {
        var effect = run.Model.EffectOf(call);
        switch (effect.Kind)
        {
            case CallEffectKind.Publish:
                LookAtAllBut(effect.Operand, call);
                run.Publish(call.Syntax, operations.Visit(effect.Operand), facts.State);
                break;
            case CallEffectKind.Inject:
                LookAtAllBut(effect.Operand, call);
                Inject(call, effect);
                break;
            case CallEffectKind.Write:
                LookAtAllBut(effect.Operand, call);
                Write(call, effect);
                break;
            case CallEffectKind.Harmless:
                LookAtAllBut(null, call);
                break;
            default:
                return CallUnknown(call);
        }

        return ObjectFacts.Nothing;
    }

    private void Inject(IInvocationOperation call, CallEffect effect)
    {
        var carriers = operations.Visit(effect.Operand).Remove(TrackedObject.Null);
        var evidence = new Evidence(EvidenceKind.Injected, call.Syntax.GetLocation(), effect.Api);
        if (carriers.IsEmpty)
        {
            run.InjectedIntoBody ??= evidence with { Kind = EvidenceKind.InBody };
        }

        facts.PutContext(carriers, evidence);
        AssumeExists(effect.Operand);
    }

    private void Write(IInvocationOperation call, CallEffect effect)
    {
        var carriers = operations.Visit(effect.Operand).Remove(TrackedObject.Null);
        AssumeExists(effect.Operand);
        switch (run.Model.MeaningOf(body.Captured(effect.Entry!), out var subject))
        {
            case EntryMeaning.Context:
                facts.PutContext(carriers, new Evidence(EvidenceKind.WrittenByHand, call.Syntax.GetLocation(), subject));
                break;
            case EntryMeaning.Unclear:
                facts.LoseSight(carriers, EvidenceKind.UnclearHeader, call, subject);
                break;
            default:
                run.Write(call.Syntax);
                break;
        }
    }

    private void AssumeExists(IOperation? operand)
    {
        if (operand is not null && body.Captured(operand) is IPropertyReferenceOperation member && run.Model.IsCarrierMember(member.Property))
        {
            facts.AssumeCarrier(operations.Visit(member.Instance));
        }
    }

    private ImmutableHashSet<TrackedObject> CallUnknown(IInvocationOperation call)
    {
        var instance = operations.Visit(call.Instance);
        if (call.TargetMethod is { Name: "ConfigureAwait", Parameters.Length: 1 })
        {
            return instance;
        }

        var arguments = new ImmutableHashSet<TrackedObject>[call.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = operations.Visit(call.Arguments[i].Value);
        }

        if (FollowInto(call, arguments) is { } callee)
        {
            return callee;
        }

        facts.LoseSight(instance, EvidenceKind.PassedOn, call, call.TargetMethod.Name);
        for (var i = 0; i < arguments.Length; i++)
        {
            facts.LoseSight(arguments[i], EvidenceKind.PassedOn, call, call.TargetMethod.Name);
            var argument = call.Arguments[i];
            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
            {
                operations.Assign(argument.Value, facts.Opaque(argument.Value.Type, argument.Syntax, argument, EvidenceKind.MadeElsewhere, call.TargetMethod.Name));
            }
        }

        return ObjectFacts.Nothing;
    }

    // A helper of the project does to what it is given, and returns, what its body says.
    private ImmutableHashSet<TrackedObject>? FollowInto(IInvocationOperation call, ImmutableHashSet<TrackedObject>[] arguments)
    {
        var method = call.TargetMethod.OriginalDefinition;
        var isLocal = method.MethodKind is MethodKind.LocalFunction;
        if (!isLocal && run.Model.RoleOf(Awaited(call.Type)) is CarrierRole.None && arguments.All(static argument => argument.IsEmpty))
        {
            return null;
        }

        var entry = facts.State;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (call.Arguments[i].Parameter?.OriginalDefinition is { } parameter)
            {
                entry = arguments[i].IsEmpty ? entry.WithoutVariable(parameter) : entry.WithVariable(parameter, arguments[i]);
            }
        }

        var callee = isLocal ? body.Call(method, entry) : FollowMethod(call, method, entry);
        if (callee?.End is not { } end)
        {
            return null;
        }

        facts.State = end;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (call.Arguments[i].Parameter?.OriginalDefinition is { } parameter)
            {
                if (parameter.RefKind is RefKind.Ref or RefKind.Out)
                {
                    operations.Assign(call.Arguments[i].Value, facts.State.ValuesOf(parameter) ?? ObjectFacts.Nothing);
                }

                facts.State = facts.State.WithoutVariable(parameter);
            }
        }

        return callee.MayReturnOther
            ? callee.Returned.Union(facts.Opaque(Awaited(call.Type), call.Syntax, call, EvidenceKind.MadeElsewhere, method.Name))
            : callee.Returned;
    }

    private BodyFlow? FollowMethod(IInvocationOperation call, IMethodSymbol method, FlowState entry)
    {
        if (run.Sources.GraphOf(method, run.Cancellation) is not { } graph || !run.TryFollow(method))
        {
            return null;
        }

        var callee = new BodyFlow(run, graph, outer: null, new CallSite(body.Site, call.Syntax, method.Name)).Follow(entry);
        run.Leave(method);
        return callee;
    }

    private static ITypeSymbol? Awaited(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } ? result : type;

    private void LookAtAllBut(IOperation? operand, IInvocationOperation call)
    {
        if (!ReferenceEquals(call.Instance, operand))
        {
            operations.LookAt(call.Instance);
        }

        foreach (var argument in call.Arguments)
        {
            if (!ReferenceEquals(argument.Value, operand))
            {
                operations.LookAt(argument.Value);
            }
        }
    }
}
