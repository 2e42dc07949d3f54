using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// Whether a value visibly came from outside the process: from a received message or a request, from an environment variable, from
/// a carrier by the name of a trace header, from something that was deserialized. Parameters are asked of the calls in the project.
/// </summary>
internal sealed class OutsideValue(SourceModels sources)
{
    private const int MaxDepth = 3;
    private const int MaxCallers = 20;
    private const int MaxOperations = 500;

    // Libraries whose types hold what other processes sent.
    private static readonly string[] s_libraries =
    [
        "Amazon.Lambda", "Amazon.SimpleNotificationService", "Amazon.SQS", "Azure.Messaging", "CloudNative.CloudEvents", "Confluent.Kafka", "Google.Cloud.PubSub",
        "Grpc.Core", "MQTTnet", "Microsoft.AspNetCore.Http", "Microsoft.Azure.Functions.Worker", "Microsoft.Azure.ServiceBus", "NATS.Client", "RabbitMQ.Client",
        "System.Net.Http", "System.Web",
    ];

    /// <summary>What shows it.</summary>
    /// <returns>Null when nothing does.</returns>
    public IOperation? SignOf(IOperation value, CancellationToken cancellation) => SignOf(value, MaxDepth, cancellation);

    private IOperation? SignOf(IOperation value, int depth, CancellationToken cancellation)
    {
        var parameters = new List<IParameterSymbol>();
        foreach (var operation in OriginsOf(value, cancellation))
        {
            if (IsSign(operation, cancellation))
            {
                return operation;
            }

            if (operation is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } } parameter })
            {
                parameters.Add(parameter);
            }
        }

        return depth == 0 ? null : parameters.Select(parameter => SignOf(parameter, depth - 1, cancellation)).FirstOrDefault(static sign => sign is not null);
    }

    private IOperation? SignOf(IParameterSymbol parameter, int depth, CancellationToken cancellation)
    {
        var method = (IMethodSymbol)parameter.ContainingSymbol;
        foreach (var call in CallIndex.CallsOf(method.Name, sources, cancellation).Take(MaxCallers))
        {
            if (Callers.Calls(call, method)
                && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is { ArgumentKind: ArgumentKind.Explicit, Value: var given }
                && SignOf(given, depth, cancellation) is { } sign)
            {
                return sign;
            }
        }

        return null;
    }

    private static IEnumerable<IOperation> OriginsOf(IOperation root, CancellationToken cancellation)
    {
        var pending = new Queue<IOperation>();
        var locals = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        pending.Enqueue(root);
        for (var seen = 0; pending.Count > 0 && seen < MaxOperations; seen++)
        {
            cancellation.ThrowIfCancellationRequested();
            var operation = pending.Dequeue();
            yield return operation;

            if (operation is ILocalReferenceOperation { Local: var local, SemanticModel: { } model } && locals.Add(local))
            {
                foreach (var source in LocalValues.SourcesOf(local, model, cancellation))
                {
                    pending.Enqueue(source);
                }
            }

            foreach (var child in operation.ChildOperations)
            {
                pending.Enqueue(child);
            }
        }
    }

    private bool IsSign(IOperation operation, CancellationToken cancellation) => operation switch
    {
        { Type: { } type } when IsOfLibrary(type) => true,
        IInvocationOperation { TargetMethod: { Name: "GetEnvironmentVariable" or "GetEnvironmentVariables", ContainingType.Name: "Environment" } } => true,
        IInvocationOperation { TargetMethod: { ContainingType: { } owner, Name: var name } } call
            => name.StartsWith("Deserialize", StringComparison.Ordinal) || (!IsOfSpans(owner) && call.Arguments.Any(static argument => NamesHeader(argument.Value))),
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value: var key }] } => NamesHeader(key),
        IPropertyReferenceOperation { Property: var property } => ContextInBody.IsContextName(property.Name) && IsDeserialized(property, cancellation),
        _ => false,
    };

    private static bool IsOfLibrary(ITypeSymbol type)
    {
        if (type.SpecialType is not SpecialType.None || type.ContainingNamespace is not { IsGlobalNamespace: false } home)
        {
            return false;
        }

        var name = home.ToDisplayString();
        foreach (var library in s_libraries)
        {
            if (name.StartsWith(library, StringComparison.Ordinal) && (name.Length == library.Length || name[library.Length] == '.'))
            {
                return type.Locations is [{ IsInSource: false }, ..];
            }
        }

        return false;
    }

    // A tag or a baggage item of that name is the span's own.
    private static bool IsOfSpans(INamedTypeSymbol type) => type.ContainingNamespace.ToDisplayString() is "System.Diagnostics" or "OpenTelemetry" or "OpenTelemetry.Trace";

    private static bool NamesHeader(IOperation key) => key.ConstantValue is { HasValue: true, Value: string name } && HandwrittenHeader.IsContext(name);

    // A member that says how it is serialized, or one of a type that is deserialized somewhere in the project.
    private bool IsDeserialized(IPropertySymbol property, CancellationToken cancellation)
    {
        if (property.Locations is not [{ IsInSource: true }, ..])
        {
            return false;
        }

        if (property.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "DataMemberAttribute" or "JsonPropertyAttribute" or "JsonPropertyNameAttribute" or "KeyAttribute" or "ProtoMemberAttribute"))
        {
            return true;
        }

        foreach (var name in s_deserializers)
        {
            foreach (var call in CallIndex.CallsOf(name, sources, cancellation))
            {
                if (call.TargetMethod.TypeArguments.Any(type => SymbolEqualityComparer.Default.Equals(type, property.ContainingType)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static readonly string[] s_deserializers = ["Deserialize", "DeserializeAsync", "DeserializeObject", "FromJson", "ToObject"];
}
