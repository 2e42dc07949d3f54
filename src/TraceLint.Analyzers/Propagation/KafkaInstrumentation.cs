using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Boundaries;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// Producers that inject by themselves. Libraries wrap the producer when it is built or registered; where one of them is
/// referenced, or the project has a decorator of its own, a producer that comes from elsewhere may be such a one. A
/// producer that is seen to come from a plain <c>ProducerBuilder</c> is not.
/// </summary>
internal sealed class KafkaInstrumentation(KafkaTypes types, SourceModels sources) : Instrumentation(sources)
{
    /// <summary>Assemblies that build such producers. Matched by name: not all of them can be restored for tests.</summary>
    private static readonly HashSet<string> s_libraries = new(StringComparer.Ordinal)
    {
        "Aspire.Confluent.Kafka",
        "Confluent.Kafka.Extensions.Diagnostics",
        "OpenTelemetry.Instrumentation.ConfluentKafka",
    };

    public override Evidence? Of(IInvocationOperation publish, CancellationToken cancellation)
    {
        var library = Sources.Compilation.ReferencedAssemblyNames.FirstOrDefault(static assembly => s_libraries.Contains(assembly.Name));
        if (types.Serializers.Select(FirstTypeDerivedFrom).FirstOrDefault(static serializer => serializer is not null) is { } serializer && Mentions(serializer, "Headers", cancellation))
        {
            return new Evidence(EvidenceKind.Instrumented, serializer, "Headers");
        }

        var decorator = FirstTypeDerivedFrom(types.Producer) ?? FirstProxy();
        return (library is not null || decorator is not null) && !IsBuiltPlainly(publish.Instance, cancellation)
            ? new Evidence(EvidenceKind.Instrumented, decorator ?? publish.Syntax.GetLocation(), library?.Name ?? types.Producer.Name)
            : null;
    }

    private bool IsBuiltPlainly(IOperation? producer, CancellationToken cancellation)
    {
        for (var made = MadeWith(producer, cancellation); made is not null;)
        {
            switch (made)
            {
                case IConversionOperation conversion:
                    made = conversion.Operand;
                    break;
                case IInvocationOperation { Instance: { } builder } call when SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingAssembly, types.Producer.ContainingAssembly):
                    made = builder is ILocalReferenceOperation ? MadeWith(builder, cancellation) : builder;
                    break;
                case IObjectCreationOperation { Type: var type }:
                    return SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, types.ProducerBuilder);
                default:
                    return false;
            }
        }

        return false;
    }
}
