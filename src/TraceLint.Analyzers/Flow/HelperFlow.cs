using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>A call of code that may be the project's own: a method, a local function, a getter.</summary>
/// <param name="Operation">The call.</param>
/// <param name="Method">What it names.</param>
/// <param name="IsVirtual">Whether something else may run in its place.</param>
/// <param name="Instance">What it is called on.</param>
/// <param name="Arguments">What it is given.</param>
internal sealed record HelperCall(IOperation Operation, IMethodSymbol Method, bool IsVirtual, IOperation? Instance, ImmutableArray<IArgumentOperation> Arguments);

/// <summary>
/// Follows a call into the code of the project, in place: a helper does to what it is given, and returns, what its body
/// says. Of several bodies that may run, any may have.
/// </summary>
internal sealed class HelperFlow(FlowRun run, BodyFlow body, ObjectFacts facts, OperationFlow operations)
{
    // It has no name yet in the Roslyn that this is built against. Its receiver is a parameter of the block, and the instance of a call.
    private const TypeKind ExtensionBlock = (TypeKind)14;

    /// <summary>Follows a call.</summary>
    /// <returns>The objects it may return; null when its code is not here, or there is nothing in the call to follow.</returns>
    public ImmutableHashSet<TrackedObject>? Follow(HelperCall call)
    {
        var method = call.Method.OriginalDefinition;
        var isLocal = method.MethodKind is MethodKind.LocalFunction;
        if (!isLocal && method.ContainingType?.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface or ExtensionBlock))
        {
            return null;
        }

        var self = operations.Visit(call.Instance);
        var arguments = call.Arguments.Select(argument => operations.Visit(argument.Value)).ToArray();
        if (!isLocal && self.IsEmpty && run.Model.RoleOf(TaskTypes.Awaited(call.Operation.Type)) is CarrierRole.None && Array.TrueForAll(arguments, static argument => argument.IsEmpty))
        {
            return null;
        }

        if (isLocal)
        {
            return body.Call(method, Enter(method, call, arguments), GivenTo(method, call)) is { } called ? Leave([(method, called)], call, arguments) : null;
        }

        return FollowBodies(run.Context.BodiesOf(method, call.IsVirtual, run.Cancellation), call, self, arguments);
    }

    /// <summary>Follows a <c>new</c> of a message type of the project, derived from one of the library.</summary>
    /// <returns>What it makes; null when not all of its constructors can be followed.</returns>
    public ImmutableHashSet<TrackedObject>? Construct(IObjectCreationOperation creation, CarrierRole role, ImmutableHashSet<TrackedObject>[] arguments)
    {
        if (creation.Type is not { } type || creation.Constructor is not { } constructor || !IsMadeOfSource(type))
        {
            return null;
        }

        var created = facts.Create(role, creation.Syntax, run.Model.HasCarrierWhenNew(type));
        return Construct(constructor.OriginalDefinition, new HelperCall(creation, constructor, IsVirtual: false, Instance: null, creation.Arguments), created, arguments)
            ? created
            : null;
    }

    // The base class has the first word. A constructor that nobody wrote does nothing but call it.
    private bool Construct(IMethodSymbol constructor, HelperCall call, ImmutableHashSet<TrackedObject> created, ImmutableHashSet<TrackedObject>[] arguments)
    {
        if (run.Model.IsEmptyWhenNew(constructor.ContainingType))
        {
            return true;
        }

        if (!CallsAnother(constructor) && constructor.ContainingType.BaseType is { } parent)
        {
            if (parent.InstanceConstructors.FirstOrDefault(static candidate => candidate.Parameters.IsEmpty) is not { } ofParent
                || !Construct(ofParent.OriginalDefinition, call, created, []))
            {
                return false;
            }
        }

        return constructor.IsImplicitlyDeclared
            || FollowBodies(run.Context.BodiesOf(constructor, isVirtual: false, run.Cancellation), call, created, arguments) is not null;
    }

    private static bool CallsAnother(IMethodSymbol constructor)
        => constructor.DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.ConstructorDeclarationSyntax { Initializer: not null };

    private bool IsMadeOfSource(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (run.Model.IsEmptyWhenNew(current))
            {
                return true;
            }

            if (current.Locations is not [{ IsInSource: true }, ..])
            {
                return false;
            }
        }

        return false;
    }

    private ImmutableHashSet<TrackedObject>? FollowBodies(
        ImmutableArray<MethodBody> bodies, HelperCall call, ImmutableHashSet<TrackedObject> self, ImmutableHashSet<TrackedObject>[] arguments)
    {
        var followed = new List<(IMethodSymbol, BodyFlow)>();
        foreach (var (method, graph) in bodies)
        {
            if (!run.TryFollow(method))
            {
                return null;
            }

            var entry = Enter(method, call, arguments);
            entry = self.IsEmpty ? entry : entry.WithVariable(method, self);
            followed.Add((method, new BodyFlow(run, graph, outer: null, new CallSite(body.Site, call.Operation.Syntax, method), method, GivenTo(method, call)).Follow(entry)));
            run.Leave(method);
        }

        return followed.Count > 0 ? Leave(followed, call, arguments) : null;
    }

    private Dictionary<IParameterSymbol, IOperation> GivenTo(IMethodSymbol method, HelperCall call)
    {
        var given = new Dictionary<IParameterSymbol, IOperation>(SymbolEqualityComparer.Default);
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (ParameterOf(method, call, i) is { } parameter)
            {
                given[parameter] = body.ValueOf(call.Arguments[i].Value);
            }
        }

        return given;
    }

    private FlowState Enter(IMethodSymbol method, HelperCall call, ImmutableHashSet<TrackedObject>[] arguments)
    {
        var entry = facts.State;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (ParameterOf(method, call, i) is { } parameter)
            {
                entry = arguments[i].IsEmpty ? entry.WithoutVariable(parameter) : entry.WithVariable(parameter, arguments[i]);
            }
        }

        return entry;
    }

    private ImmutableHashSet<TrackedObject>? Leave(List<(IMethodSymbol Method, BodyFlow Body)> followed, HelperCall call, ImmutableHashSet<TrackedObject>[] arguments)
    {
        FlowState? after = null;
        var returned = ObjectFacts.Nothing;
        var mayReturnOther = false;
        var results = new ImmutableHashSet<TrackedObject>[arguments.Length];
        foreach (var (method, callee) in followed)
        {
            if (callee.End is not { } end)
            {
                continue;
            }

            returned = returned.Union(callee.Returned);
            mayReturnOther |= callee.MayReturnOther;
            for (var i = 0; i < arguments.Length; i++)
            {
                if (ParameterOf(method, call, i) is { } parameter)
                {
                    results[i] = (results[i] ?? ObjectFacts.Nothing).Union(end.ValuesOf(parameter) ?? ObjectFacts.Nothing);
                    end = end.WithoutVariable(parameter);
                }
            }

            // What a method's own variables held is gone; a local function shares those of the body around it.
            end = method.MethodKind is MethodKind.LocalFunction ? end : end with { Variables = facts.State.Variables };
            after = after?.Join(end) ?? end;
        }

        if (after is null)
        {
            return null;
        }

        facts.State = after;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (call.Arguments[i].Parameter?.RefKind is RefKind.Ref or RefKind.Out)
            {
                operations.Assign(call.Arguments[i].Value, results[i] ?? ObjectFacts.Nothing);
            }
        }

        return mayReturnOther
            ? returned.Union(facts.Opaque(TaskTypes.Awaited(call.Operation.Type), call.Operation.Syntax, call.Operation, EvidenceKind.MadeElsewhere, call.Method.Name))
            : returned;
    }

    private static IParameterSymbol? ParameterOf(IMethodSymbol method, HelperCall call, int argument)
        => call.Arguments[argument].Parameter is { Ordinal: var ordinal } && ordinal < method.Parameters.Length ? method.Parameters[ordinal] : null;
}
