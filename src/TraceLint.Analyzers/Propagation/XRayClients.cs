using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>
/// Instrumentation that adds the context of X-Ray to the HTTP requests of all AWS clients; EventBridge passes it on to the targets of an
/// event.
/// </summary>
internal sealed class XRayClients(AwsPayloads transport, CompilationContext context) : Decorators(transport, transport.Clients, context)
{
    private static readonly string[] s_registrations = ["AddAWSInstrumentation", "RegisterXRay", "RegisterXRayForAllServices"];

    public override Evidence? Of(IInvocationOperation publish, CancellationToken cancellation)
    {
        foreach (var registration in s_registrations)
        {
            if (FirstCall(registration, cancellation) is { } place)
            {
                return new Evidence(EvidenceKind.Instrumented, place, registration);
            }
        }

        return CallIndex.FirstWord("BeforeRequestEvent", Context, cancellation) is { } hook
            ? new Evidence(EvidenceKind.Instrumented, hook, "BeforeRequestEvent")
            : base.Of(publish, cancellation);
    }
}
