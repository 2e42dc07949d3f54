using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>
/// What a call does to the state: what the model knows of it, or what its body says when it is a helper of the project;
/// else what is handed to it is lost sight of.
/// </summary>
internal sealed class CallFlow(FlowRun run, BodyFlow body, ObjectFacts facts, OperationFlow operations, CollectionFlow collections)
{
    private readonly HelperFlow _helpers = new(run, body, facts, operations);

    /// <summary>Applies a call.</summary>
    /// <returns>The objects it may return.</returns>
    public ImmutableHashSet<TrackedObject> Visit(IInvocationOperation call)
    {
        var effect = run.Model.EffectOf(call);
        switch (effect.Kind)
        {
            case CallEffectKind.Publish:
                LookAtAllBut(effect.Operand, call);
                run.Publish(call.Syntax, body.Site, operations.Visit(effect.Operand), facts.State);
                break;
            case CallEffectKind.Inject:
                LookAtAllBut(effect.Operand, call);
                Inject(call, effect);
                break;
            case CallEffectKind.Write or CallEffectKind.Remove:
                LookAtAllBut(effect.Operand, call);
                Change(call, effect);
                return effect.Operand is not null && run.Model.RoleOf(call.Type) is CarrierRole.Message ? operations.Visit(effect.Operand) : ObjectFacts.Nothing;
            case CallEffectKind.Create:
                LookAtAllBut(null, call);
                return facts.Create(run.Model.RoleOf(call.Type), call.Syntax, call.Type is { } type && run.Model.HasCarrierWhenNew(type));
            case CallEffectKind.Fluent:
                LookAtAllBut(effect.Operand, call);
                var changed = operations.Visit(effect.Operand);
                run.Write(changed, call.Syntax);
                return changed;
            case CallEffectKind.Harmless:
                LookAtAllBut(null, call);
                break;
            default:
                return collections.Visit(call) ?? CallUnknown(call);
        }

        return ObjectFacts.Nothing;
    }

    /// <summary>Applies the setting of an indexer.</summary>
    /// <returns>False when it is not one that writes to a carrier.</returns>
    public bool Set(IPropertyReferenceOperation indexer)
    {
        if (run.Model.EffectOf(indexer) is not { Kind: CallEffectKind.Write } effect)
        {
            return false;
        }

        Change(indexer, effect);
        return true;
    }

    /// <summary>Applies the reading of a property whose getter is code of the project.</summary>
    /// <returns>The objects it may yield; null when that is not known.</returns>
    public ImmutableHashSet<TrackedObject>? Get(IPropertyReferenceOperation reference)
        => run.Model.RoleOf(reference.Type) is not CarrierRole.None && reference.Property.GetMethod is { } getter
            ? _helpers.Follow(new HelperCall(reference, getter, IsOverridable(reference), reference.Instance, reference.Arguments))
            : null;

    /// <summary>Applies a <c>new</c>.</summary>
    public ImmutableHashSet<TrackedObject> Create(IObjectCreationOperation creation)
    {
        var arguments = creation.Arguments.Select(argument => operations.Visit(argument.Value)).ToArray();
        if (creation.Type is not { } type || run.Model.RoleOf(type) is var role && role is CarrierRole.None)
        {
            LoseSight(arguments, creation);
            return ObjectFacts.Nothing;
        }

        if (!run.Model.IsEmptyWhenNew(type))
        {
            return _helpers.Construct(creation, role, arguments) ?? LoseSight(arguments, creation);
        }

        var created = facts.Create(role, creation.Syntax, run.Model.HasCarrierWhenNew(type));
        foreach (var values in arguments)
        {
            Bring(values, created, role, creation);
        }

        return created;
    }

    // What an argument of `new` has to be: the carrier of a message, the messages of a batch, the carrier that is copied.
    private void Bring(ImmutableHashSet<TrackedObject> values, ImmutableHashSet<TrackedObject> created, CarrierRole role, IObjectCreationOperation creation)
    {
        if (values.IsEmpty)
        {
            return;
        }

        switch (role)
        {
            case CarrierRole.Message when values.Any(static value => value.Role is CarrierRole.Carrier):
                facts.SetCarriers(created, values);
                break;
            case CarrierRole.Message when values.Any(static value => value.Role is CarrierRole.Message):
                // A copy, which has whatever the original carries.
                facts.LoseSight(created, EvidenceKind.PassedOn, creation, creation.Type?.Name);
                break;
            case CarrierRole.Batch:
                facts.AddMessages(created, values, creation);
                break;
            case CarrierRole.Carrier when !values.SetEquals(ObjectFacts.Null):
                facts.Copy(values, created, creation);
                break;
        }
    }

    private ImmutableHashSet<TrackedObject> LoseSight(ImmutableHashSet<TrackedObject>[] arguments, IObjectCreationOperation creation)
    {
        foreach (var values in arguments)
        {
            facts.LoseSight(values, EvidenceKind.PassedOn, creation, creation.Type?.Name);
        }

        return ObjectFacts.Nothing;
    }

    private void Inject(IInvocationOperation call, CallEffect effect)
    {
        var carriers = operations.Visit(effect.Operand).Remove(TrackedObject.Null);
        var evidence = new Evidence(EvidenceKind.Injected, call.Syntax.GetLocation(), effect.Api);
        facts.PutContext(carriers, evidence);
        AssumeExists(effect.Operand);
    }

    private void Change(IOperation where, CallEffect effect)
    {
        var carriers = operations.Visit(effect.Operand).Remove(TrackedObject.Null);
        AssumeExists(effect.Operand);
        if (effect.Kind is CallEffectKind.Write)
        {
            facts.WriteEntry(carriers, body.Captured(effect.Entry!), body.ValueOf, where);
        }
        else if (effect.Entry is null || run.Model.MeaningOf(body.Captured(effect.Entry), body.ValueOf, out _) is not EntryMeaning.Business)
        {
            facts.Clear(carriers);
        }
    }

    private void AssumeExists(IOperation? operand)
    {
        if (operand is not null && body.Captured(operand) is IPropertyReferenceOperation member && run.Model.RoleOfMember(member.Property) is MemberRole.Carrier)
        {
            facts.AssumeCarrier(operations.Visit(member.Instance));
        }
    }

    private ImmutableHashSet<TrackedObject> CallUnknown(IInvocationOperation call)
    {
        if (call.TargetMethod is { Name: "ConfigureAwait", Parameters.Length: 1 })
        {
            return operations.Visit(call.Instance);
        }

        var helper = new HelperCall(call, call.TargetMethod, call.IsVirtual, call.Instance, call.Arguments);
        if (_helpers.Follow(helper) is { } returned)
        {
            return returned;
        }

        facts.LoseSight(operations.Visit(call.Instance), EvidenceKind.PassedOn, call, call.TargetMethod.Name);
        foreach (var argument in call.Arguments)
        {
            facts.LoseSight(operations.Visit(argument.Value), EvidenceKind.PassedOn, call, call.TargetMethod.Name);
            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
            {
                operations.Assign(argument.Value, facts.Opaque(argument.Value.Type, argument.Syntax, argument, EvidenceKind.MadeElsewhere, call.TargetMethod.Name));
            }
        }

        return ObjectFacts.Nothing;
    }

    private static bool IsOverridable(IPropertyReferenceOperation reference)
        => reference.Property is { IsVirtual: true } or { IsAbstract: true } or { IsOverride: true, IsSealed: false } && !reference.Property.ContainingType.IsSealed;

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
