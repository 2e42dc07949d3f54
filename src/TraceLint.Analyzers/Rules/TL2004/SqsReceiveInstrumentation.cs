using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>
/// What may ask for attributes on the code's behalf, or find the context elsewhere: X-Ray, decorators, handlers and hooks in the SDK's
/// pipeline.
/// </summary>
internal sealed class SqsReceiveInstrumentation
{
    private static readonly string[] s_words = ["AWSTraceHeader", "BeforeRequestEvent", "RegisterXRay", "RegisterXRayForAllServices"];

    private static readonly string[] s_attributes = ["AttributeNames", "MessageAttributeNames", "MessageSystemAttributeNames"];

    // Of code that starts spans, extracts, or sets tracing up. A library that is merely built on one that traces has none of them.
    private static readonly string[] s_tracingWords =
    [
        "ActivitySource", "AddOpenTelemetry", "CreateTracerProviderBuilder", "DistributedContextPropagator", "Propagators",
        "StartActiveSpan", "StartActivity", "TextMapPropagator", "TracerProvider", "WithTracing",
    ];

    private readonly object _gate = new();
    private readonly SqsReceive _sqs;
    private readonly CompilationContext _context;
    private readonly INamedTypeSymbol? _pipelineHandler;
    private bool? _exists;
    private bool? _isMissed;

    public SqsReceiveInstrumentation(SqsReceive sqs, CompilationContext context)
        => (_sqs, _context, _pipelineHandler) = (sqs, context, context.Compilation.TypeNamed(AwsInstrumentation.Names.PipelineHandler));

    /// <summary>Whether the project has any of it; found out once, when first asked.</summary>
    public bool Exists(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _exists ??= _context.TypesDerivedFrom(_sqs.Client).Any(type => MayAsk(type, cancellation))
                || (_pipelineHandler is not null && _context.TypesDerivedFrom(_pipelineHandler).Any())
                || s_words.Any(word => CallIndex.FirstWord(word, _context, cancellation) is not null);
        }
    }

    // A client that only counts or logs receives asks for nothing.
    private static bool MayAsk(INamedTypeSymbol client, CancellationToken cancellation)
        => client.IsAbstract || client.DeclaringSyntaxReferences.Any(declaration => s_attributes.Any(name
            => NameIndex.Of(declaration.GetSyntax(cancellation), name).Any()));

    /// <summary>Whether anybody in the project would miss the context: its own code has to do with traces.</summary>
    public bool IsContextMissed(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _isMissed ??= s_tracingWords.Any(word => CallIndex.FirstWord(word, _context, cancellation) is not null);
        }
    }
}
