using Microsoft.CodeAnalysis;
using TraceLint.Boundaries;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>What may ask for attributes in the code's place, or find the context elsewhere: X-Ray, decorators, handlers and hooks in the SDK's pipeline.</summary>
internal sealed class SqsReceiveInstrumentation
{
    private static readonly string[] s_words = ["AWSTraceHeader", "BeforeRequestEvent", "RegisterXRay", "RegisterXRayForAllServices"];

    private readonly object _gate = new();
    private readonly SqsReceive _sqs;
    private readonly SourceModels _sources;
    private readonly INamedTypeSymbol? _pipelineHandler;
    private bool? _exists;

    public SqsReceiveInstrumentation(SqsReceive sqs, SourceModels sources)
        => (_sqs, _sources, _pipelineHandler) = (sqs, sources, sources.Compilation.GetTypeByMetadataName(AwsInstrumentation.Names.PipelineHandler));

    /// <summary>Whether the project has any of it; found out once, when first asked.</summary>
    public bool Exists(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _exists ??= _sources.TypesDerivedFrom(_sqs.Client).Any()
                || (_pipelineHandler is not null && _sources.TypesDerivedFrom(_pipelineHandler).Any())
                || s_words.Any(word => CallIndex.FirstWord(word, _sources, cancellation) is not null);
        }
    }
}
