using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>
/// Producers that inject by themselves: those that a library wraps when they are built or registered, those that the project
/// has a decorator for, and those with a serializer that writes the context to the headers it is handed. A producer that is seen
/// to come from a plain <c>ProducerBuilder</c> has the serializers that it is built with, and is none of the others.
/// </summary>
internal sealed class KafkaInstrumentation(ConfluentKafka kafka, CompilationContext context) : Instrumentation(context)
{
    /// <summary>Assemblies that build such producers. Matched by name: not all of them can be restored for tests.</summary>
    private static readonly HashSet<string> s_libraries = new(StringComparer.Ordinal)
    {
        "Aspire.Confluent.Kafka",
        "Confluent.Kafka.Extensions.Diagnostics",
        "OpenTelemetry.Instrumentation.ConfluentKafka",
    };

    private readonly KafkaTypes _types = kafka.Types;
    private readonly InjectingCode _code = new(kafka, context);

    public override Evidence? Of(IInvocationOperation publish, CancellationToken cancellation)
    {
        var serializers = SerializersOfBuilder(publish.Instance, cancellation);
        if (InjectingSerializer(publish, serializers, cancellation) is { } serializer)
        {
            return new Evidence(EvidenceKind.Instrumented, serializer.Locations[0], serializer.Name);
        }

        if (serializers is not null)
        {
            return null;
        }

        var library = Context.Compilation.ReferencedAssemblyNames.FirstOrDefault(static assembly => s_libraries.Contains(assembly.Name));
        var decorator = Context.TypesDerivedFrom(_types.Producer).FirstOrDefault(type => CanBe(type, ContractOf(publish.Instance?.Type, _types.Producer) is null ? null : publish.Instance?.Type)
            && _code.MayInject(type, cancellation))
            ?? Proxies().FirstOrDefault(proxy => _code.MayInject(proxy, cancellation));
        return library is not null || decorator is not null
            ? new Evidence(EvidenceKind.Instrumented, decorator?.Locations[0] ?? publish.Syntax.GetLocation(),
                library?.Name ?? _types.Producer.Name)
            : null;
    }

    // Where it is not seen what the producer is built with, any serializer of the project for its keys or values may be in it.
    private INamedTypeSymbol? InjectingSerializer(IInvocationOperation publish, List<IOperation>? builtWith, CancellationToken cancellation)
    {
        foreach (var contract in _types.Serializers)
        {
            foreach (var type in Context.TypesDerivedFrom(contract))
            {
                if (Serializes(type, contract, publish) && (builtWith?.Exists(one => MayBe(one.Unconverted().Type, type)) ?? true)
                    && _code.MayInject(type, cancellation))
                {
                    return type;
                }
            }
        }

        return null;
    }

    private bool Serializes(INamedTypeSymbol type, INamedTypeSymbol contract, IInvocationOperation publish)
        => ContractOf(publish.Instance?.Type, _types.Producer) is not { } producer
            || type.AllInterfaces.Any(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, contract)
                && producer.TypeArguments.Any(argument => Fits(one.TypeArguments[0], argument)));

    private static bool CanBe(INamedTypeSymbol type, ITypeSymbol? producer)
        => producer is not INamedTypeSymbol { TypeKind: TypeKind.Interface } named
            ? MayBe(producer, type)
            : type.AllInterfaces.Any(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, named.OriginalDefinition)
                && one.TypeArguments.Zip(named.TypeArguments, static (mine, asked) => Fits(mine, asked)).All(static fits => fits));

    private static bool MayBe(ITypeSymbol? declared, INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, declared?.OriginalDefinition))
            {
                return true;
            }
        }

        return declared is null or { TypeKind: TypeKind.TypeParameter }
            || type.AllInterfaces.Any(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, declared.OriginalDefinition));
    }

    private static bool Fits(ITypeSymbol mine, ITypeSymbol asked)
        => mine is not INamedTypeSymbol || asked is not INamedTypeSymbol
            || SymbolEqualityComparer.Default.Equals(mine.OriginalDefinition, asked.OriginalDefinition);

    private static INamedTypeSymbol? ContractOf(ITypeSymbol? type, INamedTypeSymbol contract)
        => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, contract)
            ? (INamedTypeSymbol)type!
            : type?.AllInterfaces.FirstOrDefault(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, contract));

    // The serializers that a producer is built with, where its plain builder is seen; else null.
    private List<IOperation>? SerializersOfBuilder(IOperation? producer, CancellationToken cancellation)
    {
        var serializers = new List<IOperation>();
        for (var made = MadeWith(producer, cancellation); made is not null;)
        {
            switch (made)
            {
                case IConversionOperation conversion:
                    made = conversion.Operand;
                    break;
                case IInvocationOperation { Instance: { } builder } call when SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingAssembly, _types.Producer.ContainingAssembly):
                    serializers.AddRange(SetBy(call));
                    serializers.AddRange(builder is ILocalReferenceOperation local ? SetOn(local, cancellation) : []);
                    made = builder is ILocalReferenceOperation ? MadeWith(builder, cancellation) : builder;
                    break;
                case IObjectCreationOperation { Type: var type } when SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition,
                    _types.ProducerBuilder):
                    return serializers;
                default:
                    return null;
            }
        }

        return null;
    }

    private static IEnumerable<IOperation> SetBy(IInvocationOperation call)
        => call is { TargetMethod.Name: "SetKeySerializer" or "SetValueSerializer", Arguments: [{ Value: var serializer }] } ? [serializer]
            : [];

    // builder.SetValueSerializer(...), a statement of its own.
    private IEnumerable<IOperation> SetOn(ILocalReferenceOperation builder, CancellationToken cancellation)
        => LocalValues.References(builder.Local, Context.Of(builder.Syntax.SyntaxTree), cancellation)
            .SelectMany(static reference => reference.Ancestors().TakeWhile(static node
                => node is ExpressionSyntax).OfType<InvocationExpressionSyntax>())
            .Select(call => Context.Of(call.SyntaxTree).GetOperation(call, cancellation)).OfType<IInvocationOperation>().SelectMany(SetBy);
}
