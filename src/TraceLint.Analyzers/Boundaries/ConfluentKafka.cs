using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Boundaries;

/// <summary>
/// Confluent.Kafka: <c>IProducer.Produce</c> and <c>ProduceAsync</c> send a <c>Message</c> whose <c>Headers</c>, null on
/// a new message, are the carrier. Headers are appended with <c>Add(string, byte[])</c>, <c>Add(Header)</c> or, in newer versions, <c>Add(IHeader)</c>.
/// </summary>
internal sealed class ConfluentKafka(KafkaTypes types) : Transport
{
    private static readonly HashSet<string> s_publishNames = new(StringComparer.Ordinal) { "Produce", "ProduceAsync" };

    /// <summary>
    /// Assemblies that inject into every message of the producers built through them. Which producers those are is not
    /// known here, so a project that references one is not judged. Matched by name: not all of them can be restored for tests.
    /// </summary>
    private static readonly HashSet<string> s_instrumentations = new(StringComparer.Ordinal)
    {
        "Aspire.Confluent.Kafka",
        "Confluent.Kafka.Extensions.Diagnostics",
        "OpenTelemetry.Instrumentation.ConfluentKafka",
    };

    public KafkaTypes Types { get; } = types;

    public override HashSet<string> PublishNames => s_publishNames;

    /// <summary>The transport as this compilation sees it.</summary>
    /// <returns>Null when the library is not there or instruments itself.</returns>
    public static ConfluentKafka? In(Compilation compilation)
    {
        if (!KafkaTypes.TryGet(compilation, out var types))
        {
            return null;
        }

        foreach (var assembly in compilation.ReferencedAssemblyNames)
        {
            if (s_instrumentations.Contains(assembly.Name))
            {
                return null;
            }
        }

        return new ConfluentKafka(types);
    }

    public override bool TryGetPublish(IInvocationOperation call, [NotNullWhen(true)] out IOperation? message)
    {
        message = null;
        if (!s_publishNames.Contains(call.TargetMethod.Name) || !Is(call.TargetMethod.ContainingType, Types.Producer))
        {
            return false;
        }

        foreach (var argument in call.Arguments)
        {
            if (Is(argument.Parameter?.Type, Types.Message))
            {
                message = argument.Value;
                return true;
            }
        }

        return false;
    }

    public override bool TryGetWrite(IInvocationOperation call, out CarrierWrite write)
    {
        if (call is { TargetMethod.Name: "Add", Instance: { } headers, Arguments: [var entry, ..] } && Is(call.TargetMethod.ContainingType, Types.Headers))
        {
            write = new CarrierWrite(headers, entry.Value);
            return true;
        }

        write = default;
        return false;
    }

    public override IOperation NameOf(IOperation entry)
    {
        while (entry is IConversionOperation conversion)
        {
            entry = conversion.Operand;
        }

        return entry is IObjectCreationOperation { Arguments: [var name, ..] } creation && Is(creation.Type, Types.Header) ? name.Value : entry;
    }

    public override CarrierRole RoleOf(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Is(current, Types.Message) || Is(current, Types.MessageMetadata))
            {
                return CarrierRole.Message;
            }

            if (Is(current, Types.Headers))
            {
                return CarrierRole.Carrier;
            }
        }

        return CarrierRole.None;
    }

    public override bool IsEmptyWhenNew(ITypeSymbol type) => Is(type, Types.Message) || Is(type, Types.Headers);

    public override bool IsCarrierMember(IPropertySymbol property)
        => property.Name == "Headers" && (Is(property.ContainingType, Types.MessageMetadata) || Is(property.ContainingType, Types.Message));

    public override bool IsOwnMember(ISymbol member) => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, Types.Message.ContainingAssembly);

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol known) => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, known);
}
