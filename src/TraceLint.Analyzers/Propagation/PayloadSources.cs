using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// Follows a payload back to what it is made from: operands, the values of locals, members of the type, what the project's own
/// methods return, and what is written into any of these (<see cref="PayloadWrites"/>). The order of statements does not count.
/// Of a value whose member is read, that member alone is followed. Code of libraries is taken to put all its arguments into what
/// it returns. Bounded in depth and number.
/// </summary>
internal sealed class PayloadSources
{
    private const int MaxParts = 1500;
    private const int MaxDepth = 6;

    private readonly CompilationContext _context;
    private readonly Func<IInvocationOperation, PayloadCall> _meaningOf;
    private readonly PayloadWrites _writes;
    private readonly CancellationToken _cancellation;
    private readonly Queue<PayloadPart> _pending = new();
    private readonly HashSet<(SyntaxNode Node, OperationKind Kind, string? Member, FollowedCall? Inside)> _seen = [];

    /// <param name="meaningOf">What a call means.</param>
    /// <param name="isOther">Whether something is a message or a carrier: what is written into it is not followed.</param>
    public PayloadSources(CompilationContext context, Func<IInvocationOperation, PayloadCall> meaningOf, Func<IOperation, bool> isOther,
        CancellationToken cancellation)
    {
        (_context, _meaningOf, _cancellation) = (context, meaningOf, cancellation);
        _writes = new PayloadWrites(context, this, meaningOf, isOther, cancellation);
    }

    /// <summary>The parts of a payload, nearest first.</summary>
    public IEnumerable<PayloadPart> Of(IEnumerable<PayloadPart> roots)
    {
        foreach (var root in roots)
        {
            Add(root);
        }

        for (var count = 0; _pending.Count > 0 && count < MaxParts; count++)
        {
            _cancellation.ThrowIfCancellationRequested();
            var part = _pending.Dequeue();
            yield return part;
            Expand(part);
        }
    }

    /// <summary>Has an operation looked at, too.</summary>
    public void Add(IOperation? operation, string? member, FollowedCall? inside)
    {
        if (operation is not null)
        {
            Add(new PayloadPart(operation, member, inside));
        }
    }

    /// <summary>The methods of the project that run for a call, as calls to follow; none where that goes too deep.</summary>
    public IEnumerable<FollowedCall> Follow(IOperation call, IMethodSymbol method, bool isVirtual, FollowedCall? inside)
    {
        if (inside?.Depth >= MaxDepth)
        {
            yield break;
        }

        foreach (var runs in method.MethodKind is MethodKind.LocalFunction ? [method] : _context.MethodsThatMayRun(method, isVirtual))
        {
            if (inside?.Runs(runs) is not true && BodyOf(runs) is not null)
            {
                yield return new FollowedCall(call, runs, inside);
            }
        }
    }

    /// <summary>The operation of a method's body; null when it is not in this project.</summary>
    public IOperation? BodyOf(IMethodSymbol method)
        => method.DeclaringSyntaxReferences is [var declaration] && _context.Compilation.ContainsSyntaxTree(declaration.SyntaxTree)
            && declaration.GetSyntax(_cancellation) is var node and not TypeDeclarationSyntax
                ? _context.Of(node.SyntaxTree).GetOperation(node, _cancellation)
                : null;

    private void Add(PayloadPart part)
    {
        if (_seen.Add((part.Operation.Syntax, part.Operation.Kind, part.Member, part.Inside)))
        {
            _pending.Enqueue(part);
        }
    }

    private void Expand(PayloadPart part)
    {
        var (operation, member, inside) = part;
        switch (operation)
        {
            case ILiteralOperation or ITypeOfOperation or INameOfOperation or ISizeOfOperation or IIsPatternOperation or IIsTypeOperation
                or IMethodReferenceOperation { Method.MethodKind: not MethodKind.Ordinary }:
                break;
            case ICoalesceOperation coalesce:
                AddAll([coalesce.Value, coalesce.WhenNull], member, inside);
                break;
            case IConditionalOperation choice:
                AddAll([choice.WhenTrue, choice.WhenFalse], member, inside);
                break;
            case ISwitchExpressionOperation choice:
                AddAll(choice.Arms.Select(static arm => arm.Value), member, inside);
                break;
            case IConditionalAccessOperation access:
                Add(access.WhenNotNull, member, inside);
                break;
            case IConditionalAccessInstanceOperation instance:
                Add(AccessAround(instance)?.Operation, member, inside);
                break;
            case IConversionOperation or IAwaitOperation or IParenthesizedOperation:
                AddAll(operation.ChildOperations, member, inside);
                break;
            case IAssignmentOperation assignment:
                Add(assignment.Value, member, inside);
                break;
            case IDeclarationExpressionOperation declaration:
                Add(declaration.Expression, member, inside);
                break;
            case ILocalReferenceOperation local:
                AddAll(ReachingSources.Of(local.Local, local.Syntax, _context.Of(local.Syntax.SyntaxTree), out _, _cancellation), member, inside);
                _writes.Into(local.Local, local, member, inside);
                break;
            case IParameterReferenceOperation parameter:
                ExpandParameter(parameter, member, inside);
                break;
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                ExpandThis(member, inside);
                break;
            case IPropertyReferenceOperation or IFieldReferenceOperation:
                ExpandMember((IMemberReferenceOperation)operation, inside);
                break;
            case IMethodReferenceOperation method:
                AddReturned(Follow(method, method.Method, method.IsVirtual, inside), member);
                break;
            case IInvocationOperation call:
                ExpandCall(call, member, inside);
                break;
            case IObjectCreationOperation creation:
                ExpandCreation(creation, member, inside);
                break;
            case IAnonymousObjectCreationOperation anonymous:
                AddAll(Initializers(anonymous.Initializers, member), null, inside);
                break;
            default:
                AddAll(operation.ChildOperations, null, inside);
                break;
        }
    }

    private void AddAll(IEnumerable<IOperation?> operations, string? member, FollowedCall? inside)
    {
        foreach (var operation in operations)
        {
            Add(operation, member, inside);
        }
    }

    private void ExpandParameter(IParameterReferenceOperation reference, string? member, FollowedCall? inside)
    {
        var parameter = reference.Parameter;
        _writes.Into(parameter, reference, member, inside);
        if (inside?.Of(parameter.ContainingSymbol) is { } call)
        {
            Add(ArgumentFor(parameter, call.Call), member, call.Caller);
            return;
        }

        // What a lambda is handed comes from the call that the lambda is an argument of.
        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction }
            && LambdaAround(reference, parameter) is { } lambda
            && ArgumentAround(lambda) is { Parent: IInvocationOperation caller })
        {
            Add(caller.Instance, PayloadPart.SomeMember, inside);
            AddAll(caller.Arguments.Where(argument => !argument.Syntax.Span.Contains(lambda.Syntax.Span)).Select(static argument
                => argument.Value), PayloadPart.SomeMember, inside);
        }
    }

    // In a method that was followed, the instance is what it was called on.
    private void ExpandThis(string? member, FollowedCall? inside)
    {
        for (var call = inside; call is not null; call = call.Caller)
        {
            if (InstanceOf(call.Call) is { } receiver and not IInstanceReferenceOperation)
            {
                Add(receiver, member, call.Caller);
                return;
            }
        }
    }

    private void ExpandMember(IMemberReferenceOperation reference, FollowedCall? inside)
    {
        var isIndexer = reference.Member is IPropertySymbol { IsIndexer: true };
        Add(reference.Instance, isIndexer ? PayloadPart.SomeMember : reference.Member.Name, inside);
        if (!_context.Has(reference.Member))
        {
            return;
        }

        if (reference is IPropertyReferenceOperation { Property: { GetMethod: { } getter } property }
            && OperationFacts.IsOwnCode(property, getter))
        {
            AddReturned(Follow(reference, getter, property.IsVirtual || property.IsAbstract, inside), null);
        }

        if (reference.Instance is null or IInstanceReferenceOperation)
        {
            AddInitializer(reference.Member, inside);
            _writes.IntoMember(reference.Member, inside);
        }
    }

    private void ExpandCall(IInvocationOperation call, string? member, FollowedCall? inside)
    {
        if (_meaningOf(call) is PayloadCall.EndsThere)
        {
            return;
        }

        var followed = Follow(call, call.TargetMethod, call.IsVirtual, inside).ToList();
        AddReturned(followed, member);
        foreach (var one in followed)
        {
            AddOutput(one);
        }

        if (followed.Count > 0 && (call.TargetMethod.MethodKind is MethodKind.LocalFunction
            || !_context.MethodsOf(call.TargetMethod, call.IsVirtual).IsEmpty))
        {
            return;
        }

        // A text is made of the whole of it; any other method of a library may ask for something of it.
        var isText = call.TargetMethod.Name is "ToString" && call.Arguments.IsEmpty;
        Add(call.Instance, isText ? null : PayloadPart.SomeMember, inside);
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.Out })
            {
                Add(argument.Value, null, inside);
            }
        }
    }

    private void ExpandCreation(IObjectCreationOperation creation, string? member, FollowedCall? inside)
    {
        var isOne = member is not null and not PayloadPart.SomeMember;
        var set = creation.Initializer is { Initializers: var initializers } ? Initializers(initializers, member).ToList() : [];
        AddAll(set, null, inside);
        if (isOne && set.Count > 0)
        {
            return;
        }

        var given = creation.Arguments.Where(argument
            => string.Equals(argument.Parameter?.Name, member, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var argument in isOne && given.Count > 0 ? given : creation.Arguments.AsEnumerable())
        {
            Add(argument.Value, null, inside);
        }

        if (isOne && given.Count > 0)
        {
            return;
        }

        for (var type = creation.Type; type is not null && _context.Has(type); type = type.BaseType)
        {
            foreach (var one in type.GetMembers())
            {
                if (one is IFieldSymbol or IPropertySymbol && !one.IsStatic && (!isOne || one.Name == member))
                {
                    AddInitializer(one, inside);
                }
            }
        }

        foreach (var constructor in creation.Constructor is { } method ? Follow(creation, method, isVirtual: false, inside) : [])
        {
            _writes.IntoThis(constructor, member);
        }
    }

    private void AddReturned(IEnumerable<FollowedCall> followed, string? member)
    {
        foreach (var call in followed)
        {
            var body = BodyOf(call.Method)!;
            foreach (var operation in body.DescendantsAndSelf())
            {
                if (operation is IReturnOperation { ReturnedValue: { } value } && !OperationFacts.IsNested(operation, body))
                {
                    Add(value, member, call);
                }
            }
        }
    }

    // What a method puts into its out and ref parameters.
    private void AddOutput(FollowedCall call)
    {
        foreach (var parameter in call.Method.Parameters)
        {
            if (parameter.RefKind is RefKind.Out or RefKind.Ref)
            {
                _writes.IntoParameter(parameter, member: null, call);
            }
        }
    }

    private void AddInitializer(ISymbol member, FollowedCall? inside)
    {
        foreach (var declaration in member.DeclaringSyntaxReferences)
        {
            var value = declaration.GetSyntax(_cancellation) switch
            {
                VariableDeclaratorSyntax variable => variable.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                _ => null,
            };
            if (value is not null && _context.Compilation.ContainsSyntaxTree(value.SyntaxTree))
            {
                Add(_context.Of(value.SyntaxTree).GetOperation(value, _cancellation), member: null, inside);
            }
        }
    }

    private static IEnumerable<IOperation> Initializers(IEnumerable<IOperation> initializers, string? member)
        => initializers.Where(one => string.IsNullOrEmpty(member)
            || one is IAssignmentOperation { Target: IMemberReferenceOperation { Member.Name: var name } } && name == member
            || one is IMemberInitializerOperation { InitializedMember: IMemberReferenceOperation { Member.Name: var initialized } }
                && initialized == member);

    private static IConditionalAccessOperation? AccessAround(IOperation instance)
    {
        for (var (child, parent) = (instance, instance.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child)
            {
                return access;
            }
        }

        return null;
    }

    private static IOperation? InstanceOf(IOperation call) => call switch
    {
        IInvocationOperation invocation => invocation.Instance,
        IMemberReferenceOperation member => member.Instance,
        _ => null,
    };

    private static IOperation? ArgumentFor(IParameterSymbol parameter, IOperation call)
    {
        var arguments = (call as IInvocationOperation)?.Arguments ?? (call as IObjectCreationOperation)?.Arguments;
        return arguments?.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)?.Value;
    }

    private static IOperation? LambdaAround(IOperation reference, IParameterSymbol parameter)
    {
        for (var parent = reference.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation { Symbol: var symbol }
                && SymbolEqualityComparer.Default.Equals(symbol, parameter.ContainingSymbol))
            {
                return parent;
            }
        }

        return null;
    }

    private static IArgumentOperation? ArgumentAround(IOperation lambda)
    {
        var parent = lambda.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
        {
            parent = parent.Parent;
        }

        return parent as IArgumentOperation;
    }
}
