using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>A client that nothing but the project itself instruments: with a type of its own that stands in for it.</summary>
internal class Decorators(ImmutableArray<INamedTypeSymbol> clients, SourceModels sources) : Instrumentation(sources)
{
    public override Evidence? Of(IInvocationOperation publish, CancellationToken cancellation)
    {
        foreach (var client in clients)
        {
            if (FirstTypeDerivedFrom(client) is { } decorator)
            {
                return new Evidence(EvidenceKind.Instrumented, decorator, client.Name);
            }
        }

        return null;
    }
}
