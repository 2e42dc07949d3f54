using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>A client that nothing but the project itself instruments: with a type of its own that stands in for it, and injects.</summary>
internal class Decorators(Transport transport, ImmutableArray<INamedTypeSymbol> clients, CompilationContext context) : Instrumentation(context)
{
    private readonly InjectingCode _code = new(transport, context);

    public override Evidence? Of(IInvocationOperation publish, CancellationToken cancellation)
    {
        foreach (var client in clients)
        {
            if (Context.TypesDerivedFrom(client).FirstOrDefault(type => _code.MayInject(type, cancellation)) is { } decorator)
            {
                return new Evidence(EvidenceKind.Instrumented, decorator.Locations[0], client.Name);
            }
        }

        return null;
    }
}
