using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Spans;

/// <summary>What the operations of a block do to what is known, and what their values hold.</summary>
internal sealed class SpanEvaluation(SpanWorld world, SpanBody body, SpanState state)
{
    /// <summary>What holds now.</summary>
    public SpanState State { get; private set; } = state;

    /// <summary>Whether the block throws for sure: something is read from a span as if it could not be missing.</summary>
    public bool Throws { get; private set; }

    /// <summary>What comes after does not run.</summary>
    public void Throw() => Throws = true;

    /// <summary>Applies an operation.</summary>
    /// <returns>What its value holds.</returns>
    public SpanValue Visit(IOperation? operation)
    {
        if (operation is null)
        {
            return SpanValue.Nothing;
        }

        if (!world.TryDescend())
        {
            return SpanValue.Other;
        }

        var value = operation.ConstantValue is { HasValue: true, Value: var constant } ? Constant(constant) : Apply(operation);
        world.Ascend();
        return value;
    }

    private SpanValue Apply(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => Read(local.Local),
        IParameterReferenceOperation parameter => Read(parameter.Parameter),
        IFlowCaptureReferenceOperation capture => State[capture.Id] ?? SpanValue.Other,
        IFlowCaptureOperation capture => Capture(capture),
        ISimpleAssignmentOperation assignment => Assign(assignment),
        IDefaultValueOperation missing => Default(missing.Type),
        IConversionOperation { OperatorMethod: null } conversion => Visit(conversion.Operand),
        IConversionOperation conversion => Made([Visit(conversion.Operand)], SpanValue.Other),
        IExpressionStatementOperation statement => Visit(statement.Operation),
        IAwaitOperation awaited => Visit(awaited.Operation),
        IPropertyReferenceOperation property => Read(property),
        IFieldReferenceOperation field => Read(field),
        IInvocationOperation call => new SpanCalls(world, body, this).Visit(call),
        IObjectCreationOperation creation => Create(creation),
        IIsNullOperation or IBinaryOperation or IUnaryOperation or IIsPatternOperation or IIsTypeOperation => new SpanConditions(world.Model.Types, this).Visit(operation),
        IInterpolatedStringOperation or IInterpolationOperation or IArrayCreationOperation or IArrayInitializerOperation or ITupleOperation => Made(operation, SpanValue.Nothing),
        IInterpolatedStringTextOperation => SpanValue.Nothing,
        IFlowAnonymousFunctionOperation lambda => Meet(lambda),
        IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference => Delegate(reference.Method),
        _ => VisitChildren(operation),
    };

    /// <summary>Notes what a variable holds now.</summary>
    public void Assign(ISymbol variable, SpanValue value)
    {
        if (value is { Start: { } start } && value.Has(Held.Span) && variable is ILocalSymbol { Type: var type } && world.Model.Types.IsSpan(type) && !world.Names.ContainsKey(start))
        {
            world.Names.Add(start, variable);
        }

        State = State.With(variable, body.IsShared(variable) ? SpanValue.Other : value);
    }

    /// <summary>Whatever a target held before is not known any more.</summary>
    public void Forget(IOperation target)
    {
        foreach (var operation in target.DescendantsAndSelf())
        {
            switch (operation)
            {
                case ILocalReferenceOperation local:
                    Assign(local.Local, SpanValue.Other);
                    break;
                case IParameterReferenceOperation parameter:
                    Assign(parameter.Parameter, SpanValue.Other);
                    break;
            }
        }
    }

    /// <summary>What is made of some values: of a span's, something of that span; of anything unknown, something unknown.</summary>
    /// <param name="untracked">The result when none of them has to do with a context.</param>
    public static SpanValue Made(IEnumerable<SpanValue> parts, SpanValue untracked)
    {
        var all = SpanValue.Nothing;
        foreach (var part in parts)
        {
            all = all.Join(part);
        }

        return all.Has(Held.Other) ? SpanValue.Other : all.IsTracked ? all.Without(Held.True | Held.False).Made() : untracked;
    }

    private SpanValue Made(IOperation operation, SpanValue untracked)
    {
        var parts = new List<SpanValue>();
        foreach (var child in operation.ChildOperations)
        {
            parts.Add(Visit(child));
        }

        return Made(parts, untracked);
    }

    private SpanValue VisitChildren(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            Visit(child);
        }

        if (operation is IAssignmentOperation assignment)
        {
            Forget(assignment.Target);
        }
        else if (operation is IIncrementOrDecrementOperation step)
        {
            Forget(step.Target);
        }

        // What an initializer holds, its elements hold.
        return SpanValue.Other;
    }

    private SpanValue Read(ISymbol variable) => body.IsShared(variable) ? SpanValue.Other : State[variable] ?? SpanValue.Other;

    private SpanValue Capture(IFlowCaptureOperation capture)
    {
        var value = Visit(capture.Value);
        State = State.With(capture.Id, value);
        body.Capture(capture.Id, capture.Value);
        return value;
    }

    private SpanValue Meet(IFlowAnonymousFunctionOperation lambda)
    {
        body.Meet(lambda);
        return SpanValue.Other;
    }

    private SpanValue Delegate(IMethodSymbol function)
    {
        body.Delegate(function.OriginalDefinition);
        return SpanValue.Other;
    }

    private SpanValue Assign(ISimpleAssignmentOperation assignment)
    {
        var target = body.Captured(assignment.Target);
        if (ReferenceEquals(target, assignment.Target) && target is not (ILocalReferenceOperation or IParameterReferenceOperation))
        {
            Visit(target);
        }

        var value = Visit(assignment.Value);
        if (world.Model.InjectionAt(assignment.Syntax, world.Cancellation) is not null)
        {
            body.Inject(assignment.Syntax, value);
        }

        switch (target)
        {
            case ILocalReferenceOperation local:
                Assign(local.Local, value);
                break;
            case IParameterReferenceOperation parameter:
                Assign(parameter.Parameter, value);
                break;
            case IPropertyReferenceOperation { Instance: { } instance }:
                AddContent(instance, value);
                break;
            case IPropertyReferenceOperation { Instance: null } property when world.Model.IsCurrent(property.Property) && !value.IsOnly(Held.Current | Held.Span | Held.Passed):
                world.GiveUp();
                break;
        }

        return value;
    }

    // A new object holds what is put into it.
    private void AddContent(IOperation instance, SpanValue value)
    {
        object? variable = instance switch
        {
            IFlowCaptureReferenceOperation capture => capture.Id,
            ILocalReferenceOperation local => local.Local,
            _ => null,
        };
        if (variable is not null && State[variable] is { } held && !held.Has(Held.Other | Held.Null) && (value.IsTracked || value.Has(Held.Other)))
        {
            State = State.With(variable, value.Has(Held.Other) ? SpanValue.Other : held.Join(value.Made()));
        }
    }

    private SpanValue Read(IPropertyReferenceOperation property)
    {
        var instance = Visit(property.Instance);
        foreach (var argument in property.Arguments)
        {
            Visit(argument.Value);
        }

        if (world.Model.IsCurrent(property.Property))
        {
            return new SpanValue(Held.Current);
        }

        if (property.Instance is null || !instance.IsTracked || instance.Has(Held.Other))
        {
            return SpanValue.Other;
        }

        if (property.Property is { Name: "HasValue", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T })
        {
            return SpanConditions.Not(instance.IsNull());
        }

        if (property.Instance.IsAwaitable())
        {
            return instance;
        }

        Throws |= instance.Held is Held.Null;
        var read = instance.Without(Held.Null);
        return read.IsTracked && property.Type?.SpecialType is not SpecialType.System_Boolean ? read : SpanValue.Other;
    }

    private SpanValue Read(IFieldReferenceOperation field)
    {
        Visit(field.Instance);
        return field.Field switch
        {
            { Name: "Empty", IsStatic: true, ContainingType.SpecialType: SpecialType.System_String } => new SpanValue(Held.Empty),
            { IsStatic: true, IsReadOnly: true, Type.SpecialType: SpecialType.System_String } => SpanValue.Nothing,
            _ => SpanValue.Other,
        };
    }

    private SpanValue Create(IObjectCreationOperation creation)
    {
        var arguments = new SpanValue[creation.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Visit(creation.Arguments[i].Value);
        }

        if (world.Model.Types.IsContext(creation.Type))
        {
            // The baggage next to the context does not name a trace.
            return arguments.Length == 0 ? new SpanValue(Held.Empty) : creation.Arguments[0].Parameter?.Type is { } type && world.Model.Types.IsContext(type) ? arguments[0] : Made(arguments, SpanValue.Other);
        }

        return world.Model.Types.IsSpan(creation.Type) ? SpanValue.Other : Made(arguments, SpanValue.Nothing);
    }

    private SpanValue Default(ITypeSymbol? type)
        => type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }
            ? (world.Model.Types.IsContext(type) ? new SpanValue(Held.Empty) : type.SpecialType is SpecialType.System_Boolean ? SpanValue.Of(false) : SpanValue.Nothing)
            : new SpanValue(Held.Null);

    private static SpanValue Constant(object? value) => value switch
    {
        null => new SpanValue(Held.Null),
        "" => new SpanValue(Held.Empty),
        bool truth => SpanValue.Of(truth),
        _ => SpanValue.Nothing,
    };
}
