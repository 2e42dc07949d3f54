using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>
/// What may request attributes for the code, or find the context elsewhere: X-Ray, decorators, and handlers and hooks in the pipeline
/// of the SDK.
/// </summary>
internal sealed class SqsReceiveInstrumentation
{
    private static readonly string[] s_words = ["AWSTraceHeader", "BeforeRequestEvent", "RegisterXRay", "RegisterXRayForAllServices"];

    private static readonly string[] s_attributes = ["AttributeNames", "MessageAttributeNames", "MessageSystemAttributeNames"];

    // Words in code that starts spans, extracts or sets up tracing. A project that merely references a library that traces has none.
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

    /// <summary>Whether the project has any of these; computed once, on demand.</summary>
    public bool Exists(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _exists ??= _context.TypesDerivedFrom(_sqs.Client).Any(type => MayAsk(type, cancellation))
                || (_pipelineHandler is not null && _context.TypesDerivedFrom(_pipelineHandler).Any())
                || s_words.Any(word => CallIndex.FirstWord(word, _context, cancellation) is not null);
        }
    }

    // A decorator that only counts or logs receives requests no attributes.
    private static bool MayAsk(INamedTypeSymbol client, CancellationToken cancellation)
        => client.IsAbstract || client.DeclaringSyntaxReferences.Any(declaration => s_attributes.Any(name
            => NameIndex.Of(declaration.GetSyntax(cancellation), name).Any()));

    /// <summary>Whether the project would use the context, that is, whether its own code traces.</summary>
    public bool IsContextMissed(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _isMissed ??= s_tracingWords.Any(word => CallIndex.FirstWord(word, _context, cancellation) is not null);
        }
    }
}
