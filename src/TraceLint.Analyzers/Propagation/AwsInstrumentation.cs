using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>
/// What injects into SQS and SNS messages by itself: OpenTelemetry's instrumentation and handlers in the SDK's pipeline,
/// into single messages; X-Ray, which goes by an HTTP header, into all; and decorators of the project.
/// </summary>
internal sealed class AwsInstrumentation : Instrumentation
{
    private const string SingleOnly = "AddAWSInstrumentation";
    private static readonly string[] s_everything = ["RegisterXRayForAllServices", "RegisterXRay", "AddXRayTraceId"];

    private readonly AwsMessaging _transport;
    private readonly InjectingCode _code;
    private readonly INamedTypeSymbol? _pipelineHandler;

    public AwsInstrumentation(AwsMessaging transport, CompilationContext context)
        : base(context)
    {
        (_transport, _code) = (transport, new InjectingCode(transport, context));
        _pipelineHandler = context.Compilation.TypeNamed(Names.PipelineHandler);
    }

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static new class Names
    {
        public const string PipelineHandler = "Amazon.Runtime.Internal.PipelineHandler";
    }

    public override Evidence? Of(IInvocationOperation publish, CancellationToken cancellation)
    {
        // Null for a method of a referenced project that sends a message with whatever client it has.
        var service = _transport.ServiceOf(publish.TargetMethod);
        foreach (var name in s_everything)
        {
            if (FirstCall(name, cancellation) is { } registered)
            {
                return new Evidence(EvidenceKind.Instrumented, registered, name);
            }
        }

        if (CallIndex.FirstWord("BeforeRequestEvent", Context, cancellation) is { } hook)
        {
            return new Evidence(EvidenceKind.Instrumented, hook, "BeforeRequestEvent");
        }

        var isSingle = service is null || !publish.TargetMethod.Name.StartsWith(service.BatchName, StringComparison.Ordinal);
        if (isSingle && FirstCall(SingleOnly, cancellation) is { } instrumentation)
        {
            return new Evidence(EvidenceKind.Instrumented, instrumentation, SingleOnly);
        }

        if (Handler(isSingle ? null : service!.BatchRequest.Name, cancellation) is { } handler)
        {
            return new Evidence(EvidenceKind.Instrumented, handler.Locations[0], handler.Name);
        }

        var clients = service is null ? _transport.Clients : ImmutableArray.Create(service.Client);
        return clients.SelectMany(Context.TypesDerivedFrom).Concat(Proxies()).FirstOrDefault(type
            => _code.MayInject(type, cancellation)) is { } decorator
            && !(service is not null && IsBuiltPlainly(publish.Instance, service, cancellation))
            ? new Evidence(EvidenceKind.Instrumented, decorator.Locations[0], clients[0].Name)
            : null;
    }

    // A handler that is to see batches has to name their request.
    private INamedTypeSymbol? Handler(string? mentions, CancellationToken cancellation)
        => _pipelineHandler is null
            ? null
            : Context.TypesDerivedFrom(_pipelineHandler).FirstOrDefault(handler => mentions is null || Mentions(handler.Locations[0], mentions, cancellation));

    private bool IsBuiltPlainly(IOperation? client, AwsService service, CancellationToken cancellation)
    {
        var made = MadeWith(client, cancellation);
        while (made is IConversionOperation conversion)
        {
            made = conversion.Operand;
        }

        return made is IObjectCreationOperation { Type: { } type } && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, service.Client.ContainingAssembly);
    }
}
