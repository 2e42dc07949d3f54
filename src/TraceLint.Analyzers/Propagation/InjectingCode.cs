using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>
/// Whether types of the project that stand in for a client, or serialize for one, put a context on the messages that go through
/// them. Their code is followed through the helpers it calls. Code that cannot be seen may: an abstract member, a base class of
/// a library, a library's method that is handed a message or its carrier.
/// </summary>
internal sealed class InjectingCode
{
    private readonly Transport _transport;
    private readonly CompilationContext _context;
    private readonly ImmutableArray<PropagationApi> _apis;
    private readonly MessageReach _reach;
    private readonly Dictionary<INamedTypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <param name="transport">What the messages are sent by.</param>
    public InjectingCode(Transport transport, CompilationContext context)
    {
        (_transport, _context, _apis) = (transport, context, PropagationApi.AllIn(context.Compilation));
        _reach = new MessageReach(context, (operation, _) => Injects(operation), static _ => false);
    }

    /// <summary>Whether what a type does to a message may put a context on it.</summary>
    public bool MayInject(INamedTypeSymbol type, CancellationToken cancellation)
    {
        lock (_known)
        {
            if (!_known.TryGetValue(type, out var injects))
            {
                _known.Add(type, injects = Search(type, cancellation));
            }

            return injects;
        }
    }

    private bool Search(INamedTypeSymbol type, CancellationToken cancellation)
    {
        for (var current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            if (!_context.Has(current))
            {
                // The client itself, whose methods are overridden, or the class that makes a proxy of any type.
                return !_transport.IsOwnMember(current) && current is not { Name: "DispatchProxy" };
            }

            foreach (var member in current.GetMembers())
            {
                // What is private runs only when something else calls it.
                if (member is IMethodSymbol method && (method.DeclaredAccessibility is not Accessibility.Private
                    || !method.ExplicitInterfaceImplementations.IsEmpty)
                    && (method is { IsAbstract: true } || _reach.IsIn(method, isVirtual: false, cancellation)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Injects(IOperation operation) => operation switch
    {
        IInvocationOperation call => IsInjection(call)
            || (_transport.EffectOf(call) is { Kind: CallEffectKind.Write, Entry: { } entry } ? IsContext(entry) : HandsOver(call)),
        IObjectCreationOperation { Type: { } type } creation when _transport.RoleOf(type) is CarrierRole.None
            && !_context.Has(type) => creation.Arguments.Any(argument => IsMessage(argument.Value.Type)),
        IAssignmentOperation { Target: IPropertyReferenceOperation indexer } when _transport.EffectOf(indexer) is { Kind: CallEffectKind.Write, Entry: { } entry } => IsContext(entry),
        ISimpleAssignmentOperation
        {
            Target: IPropertyReferenceOperation { Property: var property },
            Value: IInvocationOperation made
        } when _transport.RoleOfMember(property) is MemberRole.Carrier
            => !_context.Has(made.TargetMethod),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } }
            => _transport.RoleOfMember(property) is MemberRole.Context,
        _ => false,
    };

    private bool IsInjection(IInvocationOperation call)
        => _apis.Any(api => api.TryGetInjection(call, out _)) || _context.Settings.Injects(call.TargetMethod, call.Syntax.SyntaxTree);

    private bool IsContext(IOperation entry)
        => HandwrittenHeader.MeaningOf(_transport.NameOf(entry), _context.Compilation.Assembly, out _) is EntryMeaning.Context
            or EntryMeaning.Unclear;

    // To code that nobody can see; what publishes, on the other hand, sends the message as it is.
    private bool HandsOver(IInvocationOperation call)
        => _transport.EffectOf(call).Kind is CallEffectKind.Unknown && !Bystanders.Contains(call.TargetMethod)
            && !IsOfClient(call.TargetMethod)
            && !_context.MethodsThatMayRun(call.TargetMethod, call.IsVirtual).Any(_context.Has)
            && (IsMessage(call.Instance?.Type) || call.Arguments.Any(argument => IsMessage(argument.Value.Type)));

    private bool IsOfClient(IMethodSymbol method) => _transport.IsOwnMember(method)
        || method.ContainingType is { Name: "MethodBase" or "MethodInfo" };

    // A proxy has it among its arguments.
    private bool IsMessage(ITypeSymbol? type)
        => _transport.RoleOf(type) is not CarrierRole.None
            || type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Object };
}
