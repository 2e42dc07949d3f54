using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Configuration;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>One transport and every known way to inject into its carrier, as the flow wants to hear it.</summary>
internal sealed class CarrierModel : ICarrierModel
{
    private readonly Transport _transport;
    private readonly CompilationContext _context;
    private readonly ImmutableArray<PropagationApi> _apis;
    private readonly ContextInPayload _payload;
    private readonly Instrumentation? _instrumentation;
    private readonly IncomingContext _incoming;
    private readonly ReferencedFacts _facts;

    private CarrierModel(Transport transport, CompilationContext context)
    {
        (_transport, _context) = (transport, context);
        _apis = PropagationApi.AllIn(context.Compilation);
        _payload = new ContextInPayload(context, _apis, this);
        _instrumentation = Instrumentation.Of(transport, context);
        _incoming = new IncomingContext(transport, context);
        _facts = ReferencedFacts.Of(context.Compilation);
    }

    /// <summary>The model of a transport in a compilation.</summary>
    public static CarrierModel For(Transport transport, CompilationContext context) => new(transport, context);

    public CarrierRole RoleOf(ITypeSymbol? type) => _transport.RoleOf(type) switch
    {
        CarrierRole.None when ElementOf(type) is { } element && RoleOf(element) is CarrierRole.Message or CarrierRole.Batch => CarrierRole.Batch,
        CarrierRole.None when Composite.PartsOf(type).Any(part => RoleOf(part) is CarrierRole.Message) => CarrierRole.Batch,
        var role => role,
    };

    public bool IsEmptyWhenNew(ITypeSymbol type) => _transport.IsEmptyWhenNew(type) || (ElementOf(type) is not null && RoleOf(type) is CarrierRole.Batch);

    public bool HasCarrierWhenNew(ITypeSymbol type) => _transport.HasCarrierWhenNew(type);

    public bool HasPlainCarrier => _transport.HasPlainCarrier;

    public MemberRole RoleOfMember(ISymbol member) => _transport.RoleOfMember(member);

    public bool IsIncoming(IOperation operation) => operation is IMemberReferenceOperation member && _transport.IsReceived(member.Member.ContainingType);

    public CallEffect EffectOf(IInvocationOperation call)
    {
        if (_transport.EffectOf(call) is { Kind: not CallEffectKind.Unknown } effect)
        {
            return effect;
        }

        foreach (var api in _apis)
        {
            if (api.TryGetInjection(call, out var carrier))
            {
                return new CallEffect(CallEffectKind.Inject, carrier, Api: $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}");
            }
        }

        if (DeclaredMethods.IsInjection(call, _context.Settings, RoleOf, out var declared))
        {
            // Where nothing is handed over, what comes back is not known, and that is enough.
            return declared is null ? new CallEffect(CallEffectKind.Harmless) : new CallEffect(CallEffectKind.Inject, declared, Api: $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}");
        }

        return EffectByFact(call) ?? new CallEffect(Bystanders.Contains(call.TargetMethod) ? CallEffectKind.Harmless : CallEffectKind.Unknown);
    }

    // What a method does that is declared to, or that is of a referenced project. What it does with null, or where an argument is left out, is not known.
    private CallEffect? EffectByFact(IInvocationOperation call)
    {
        if (_facts.Find(DeclarationKind.Inject, call.TargetMethod) is { } injected && GivenFor(injected, call) is { } carrier)
        {
            return new CallEffect(CallEffectKind.Inject, carrier, Api: $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}");
        }

        return PublishedBy(call) is { } published && GivenFor(published, call) is { } message
            ? new CallEffect(CallEffectKind.Publish, message)
            : null;
    }

    // What the user has declared comes before what the library says.
    private IParameterSymbol? PublishedBy(IInvocationOperation call)
    {
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        return _transport is not DeclaredBus && _context.Settings.Publishes(method, call.Syntax.SyntaxTree)
            ? PublishedArgument.Of(method, _context.Settings.CarrierParameterOf(method, DeclarationKind.Publish), _transport)
            : _facts.Find(DeclarationKind.Publish, method);
    }

    private IOperation? GivenFor(IParameterSymbol parameter, IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit } && argument.Parameter?.Name == parameter.Name)
            {
                return RoleOf(argument.Parameter.Type) is CarrierRole.None || argument.Value.IsNull() ? null : argument.Value;
            }
        }

        return null;
    }

    public IReadOnlyCollection<string> PublishNamesIn(CancellationToken cancellation)
        => new HashSet<string>(
            _transport.PublishNames
                .Concat(_facts.NamesOf(DeclarationKind.Publish, cancellation))
                .Concat(MarkedMethods.Declared(_context.Settings.PublishMethodsIn(_context.Compilation), _context, cancellation).Select(static method => method.Name)),
            StringComparer.Ordinal);

    public CallEffect EffectOf(IPropertyReferenceOperation indexer) => _transport.EffectOf(indexer);

    public EntryMeaning MeaningOf(IOperation entry, Func<IOperation, IOperation> valueOf, out string subject)
        => HandwrittenHeader.MeaningOf(valueOf(_transport.NameOf(entry)), _context.Compilation.Assembly, out subject) is var meaning
            && meaning is EntryMeaning.Unclear && CopiedEntry.IsOneOfAll(entry, _transport, _context)
                ? EntryMeaning.Incoming
                : meaning;

    public Evidence? SelfPropagation(IInvocationOperation publish, CancellationToken cancellation) => _instrumentation?.Of(publish, cancellation);

    public (ISymbol? Received, bool IsLost) ReceivedAt(SyntaxNode publish, IEnumerable<IOperation> published, SemanticModel semantics, CancellationToken cancellation)
        => _incoming.At(publish, published, semantics, cancellation);

    public Evidence? ContextInPayload(IEnumerable<IOperation> published, IMethodSymbol? helper, IOperation? call,
        CancellationToken cancellation)
        => _payload.Find(published, helper, call, cancellation);

    // An array, or one of .NET's generic collections and sequences.
    private static ITypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { ElementType: var element } => element,
        INamedTypeSymbol { TypeArguments: [var element] } named
            when named.ContainingNamespace is { Name: "Generic" or "Immutable" or "ObjectModel" or "Concurrent" or "Linq" or "Collections" } home
                && home.ToDisplayString() is "System.Linq" or "Google.Protobuf.Collections" or "System.Collections.Generic" or "System.Collections.Immutable" or "System.Collections.ObjectModel" or "System.Collections.Concurrent" => element,
        _ => null,
    };
}
