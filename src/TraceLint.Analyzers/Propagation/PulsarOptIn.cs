using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>Producers of DotPulsar that attach the context to messages themselves: they are told to where they are made.</summary>
internal sealed class PulsarOptIn(DotPulsar transport, CompilationContext context) : Decorators(transport, transport.Clients, context)
{
    private const string OptIn = "AttachTraceInfoToMessages";

    public override Evidence? Of(IInvocationOperation publish, CancellationToken cancellation)
        => CallIndex.FirstWord(OptIn, Context, cancellation) is { } place
            ? new Evidence(EvidenceKind.Instrumented, place, OptIn)
            : base.Of(publish, cancellation);
}
