using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Boundaries;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>A client that nothing but the project itself instruments: with a type of its own that stands in for it, and injects.</summary>
internal class Decorators(Transport transport, ImmutableArray<INamedTypeSymbol> clients, SourceModels sources) : Instrumentation(sources)
{
    private readonly InjectingCode _code = new(transport, sources);

    public override Evidence? Of(IInvocationOperation publish, CancellationToken cancellation)
    {
        foreach (var client in clients)
        {
            if (Sources.TypesDerivedFrom(client).FirstOrDefault(type => _code.MayInject(type, cancellation)) is { } decorator)
            {
                return new Evidence(EvidenceKind.Instrumented, decorator.Locations[0], client.Name);
            }
        }

        return null;
    }
}
