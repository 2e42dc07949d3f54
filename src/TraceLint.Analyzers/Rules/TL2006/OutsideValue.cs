using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>
/// Whether a value visibly came from outside the process: from a received message or a request, from an environment variable, from
/// a carrier by the name of a trace header, or from a deserialized object. Parameters are followed to the callers in the project. What
/// the process stores itself does not count, even if it is stored in a request: the request's items, a cache, a dictionary to which
/// the type writes its own span.
/// </summary>
internal sealed class OutsideValue(CompilationContext context)
{
    private const int MaxDepth = 3;
    private const int MaxCallers = 20;
    private const int MaxOperations = 500;

    // Libraries whose types contain data from other processes.
    private static readonly string[] s_libraries =
    [
        "Amazon.Lambda", "Amazon.SimpleNotificationService", "Amazon.SQS", "Azure.Messaging", "CloudNative.CloudEvents", "Confluent.Kafka",
        "Google.Cloud.PubSub", "Grpc.Core", "MQTTnet", "Microsoft.AspNetCore.Http", "Microsoft.Azure.Functions.Worker",
        "Microsoft.Azure.ServiceBus", "NATS.Client", "RabbitMQ.Client", "System.Net.Http", "System.Web",
    ];

    // Members of requests and messages that are for the process itself to write to.
    private static readonly string[] s_ownBags = ["Features", "Items", "Options", "Properties"];

    /// <summary>The operation that shows that a value came from outside.</summary>
    /// <returns>Null when there is none.</returns>
    public IOperation? SignOf(IOperation value, CancellationToken cancellation) => SignOf(value, MaxDepth, cancellation);

    private IOperation? SignOf(IOperation value, int depth, CancellationToken cancellation)
    {
        var (parameters, calls) = (new List<IParameterSymbol>(), new List<IInvocationOperation>());
        foreach (var operation in OriginsOf(value, cancellation))
        {
            if (IsSign(operation, cancellation))
            {
                return operation;
            }

            if (operation is IParameterReferenceOperation
                {
                    Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } } parameter
                } given
                && MayBeGiven(given, cancellation))
            {
                parameters.Add(parameter);
            }
            else if (operation is IInvocationOperation { TargetMethod.Locations: [{ IsInSource: true }, ..] } call
                && YieldsText(call.TargetMethod))
            {
                calls.Add(call);
            }
        }

        return depth == 0 ? null
            : parameters.Select(parameter => SignOf(parameter, depth - 1, cancellation)).FirstOrDefault(static sign => sign is not null)
                ?? calls.Select(call => ReadIn(call, cancellation)).FirstOrDefault(static read => read is not null);
    }

    private static bool YieldsText(IMethodSymbol method)
        => method.ReturnType.SpecialType is SpecialType.System_String
            || method.Parameters.Any(
                static parameter => parameter is { RefKind: RefKind.Out, Type.SpecialType: SpecialType.System_String });

    // A method of the project that reads a trace header from its argument.
    private IOperation? ReadIn(IInvocationOperation call, CancellationToken cancellation)
    {
        foreach (var method in context.MethodsOf(call.TargetMethod, call.IsVirtual))
        {
            if (!context.Has(method)
                || method.DeclaringSyntaxReferences is not [var declaration]
                || declaration.GetSyntax(cancellation) is not { } body
                || context.Of(body.SyntaxTree).GetOperation(body, cancellation) is not { } root)
            {
                continue;
            }

            foreach (var operation in root.Descendants())
            {
                if (ReadsHeader(operation, cancellation) && !IsWritten(operation) && operation.Parent is not IExpressionStatementOperation)
                {
                    return operation;
                }
            }
        }

        return null;
    }

    private IOperation? SignOf(IParameterSymbol parameter, int depth, CancellationToken cancellation)
    {
        var method = (IMethodSymbol)parameter.ContainingSymbol;
        foreach (var call in CallIndex.CallsOf(method.Name, context, cancellation).Take(MaxCallers))
        {
            if (Callers.Calls(call, method)
                && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)
                    is { ArgumentKind: ArgumentKind.Explicit, Value: var given }
                && SignOf(given, depth, cancellation) is { } sign)
            {
                return sign;
            }
        }

        return null;
    }

    private static bool MayBeGiven(IParameterReferenceOperation read, CancellationToken cancellation)
    {
        var isGiven = true;
        _ = read.SemanticModel is { } model ? ReachingSources.Of(read.Parameter, read.Syntax, model, out isGiven, cancellation) : null;
        return isGiven;
    }

    private static IEnumerable<IOperation> OriginsOf(IOperation root, CancellationToken cancellation)
    {
        var pending = new Queue<IOperation>();
        var reads = new HashSet<SyntaxNode>();
        pending.Enqueue(root);
        for (var seen = 0; pending.Count > 0 && seen < MaxOperations; seen++)
        {
            cancellation.ThrowIfCancellationRequested();
            var operation = pending.Dequeue();
            yield return operation;

            ISymbol? variable = operation is ILocalReferenceOperation { Local: var local }
                ? local
                : (operation as IParameterReferenceOperation)?.Parameter;
            if (variable is not null && operation.SemanticModel is { } model && reads.Add(operation.Syntax))
            {
                foreach (var source in ReachingSources.Of(variable, operation.Syntax, model, out _, cancellation))
                {
                    pending.Enqueue(source);
                }
            }

            foreach (var child in OperandsOf(operation))
            {
                pending.Enqueue(child);
            }
        }
    }

    // The receiver of a ?. is visited when the access after it refers to it.
    private static IEnumerable<IOperation> OperandsOf(IOperation operation) => operation switch
    {
        _ when IsOwnBag(operation) => [],
        // An out argument does not flow into the call.
        IArgumentOperation { Parameter.RefKind: RefKind.Out } => [],
        IConditionalAccessOperation { WhenNotNull: var access } => [access],
        IConditionalAccessInstanceOperation instance => instance.Accessed() is { } accessed ? [accessed] : [],
        _ => operation.ChildOperations,
    };

    private bool IsSign(IOperation operation, CancellationToken cancellation) => operation switch
    {
        { Type: { } type } when IsOfLibrary(type) => !IsOwnBag(operation),
        IInvocationOperation
        {
            TargetMethod: { Name: "GetEnvironmentVariable" or "GetEnvironmentVariables", ContainingType.Name: "Environment" }
        }
            => true,
        IInvocationOperation { TargetMethod: { ContainingType: not null, Name: var name } } call
            => name.StartsWith("Deserialize", StringComparison.Ordinal) || ReadsHeader(call, cancellation),
        IPropertyReferenceOperation { Property.IsIndexer: true } indexed => ReadsHeader(indexed, cancellation),
        IPropertyReferenceOperation { Property: var property, Instance: var holder }
            => !IsWritten(operation) && TraceVocabulary.HoldsContext(property.Name) && IsDeserialized(property, cancellation)
                && (MemberOf(holder) is not { } member || IsDeserialized(member, cancellation)),
        _ => false,
    };

    private static bool ReadsHeader(IOperation operation, CancellationToken cancellation) => operation switch
    {
        IInvocationOperation { TargetMethod.ContainingType: { } owner } call
            => !IsOfProcess(owner)
                && call.Arguments.Any(argument => NamesHeader(argument.Value)
                    && !IsOwnBag(call.Instance ?? call.Arguments[0].Value)
                    && !OwnEntries.Have(argument.Value, call.Instance, cancellation)),
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value: var key }] } indexed
            => NamesHeader(key) && !IsOwnBag(indexed.Instance) && !OwnEntries.Have(key, indexed.Instance, cancellation),
        _ => false,
    };

    private static bool IsWritten(IOperation operation)
        => operation.Parent is IAssignmentOperation assignment && assignment.Target == operation;

    // That a context can be serialized proves nothing if it is a member of an object that is not.
    private static IPropertySymbol? MemberOf(IOperation? holder) => holder.OrAccessed()?.Unconverted() switch
    {
        IPropertyReferenceOperation { Property: { Locations: [{ IsInSource: true }, ..] } property } => property,
        _ => null,
    };

    private static bool IsOwnBag(IOperation? operation) => operation.OrAccessed()?.Unconverted() switch
    {
        IPropertyReferenceOperation { Property: { Name: var name, ContainingType: { } owner } }
            => Array.IndexOf(s_ownBags, name) >= 0
                && owner.Name is "HttpContext" or "HttpContextBase" or "HttpRequestMessage" or "FunctionContext",
        _ => false,
    };

    private static bool IsOfLibrary(ITypeSymbol type)
    {
        if (type.SpecialType is not SpecialType.None
            || type.Name is "HttpRequestOptionsKey"
            || type.ContainingNamespace is not { IsGlobalNamespace: false } home)
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

    // Tags and baggage items belong to the span itself, and caches to the process.
    private static bool IsOfProcess(INamedTypeSymbol type)
        => type.ContainingNamespace.ToDisplayString() is "System.Diagnostics"
            or "OpenTelemetry"
            or "OpenTelemetry.Trace"
            or "Microsoft.Extensions.Caching.Memory"
            or "System.Runtime.Caching";

    private static bool NamesHeader(IOperation key)
        => key.ConstantValue is { HasValue: true, Value: string name } && TraceVocabulary.IsContextHeader(name);

    // A member with a serialization attribute, or of a type that the project deserializes somewhere. For a member of an interface, its
    // implementations decide.
    private bool IsDeserialized(IPropertySymbol property, CancellationToken cancellation)
    {
        if (property.Locations is not [{ IsInSource: true }, ..])
        {
            return false;
        }

        if (property.ContainingType.TypeKind is TypeKind.Interface)
        {
            return context.TypesDerivedFrom(property.ContainingType).Any(
                type => type.FindImplementationForInterfaceMember(property) is IPropertySymbol implementation
                    && IsDeserialized(implementation, cancellation));
        }

        if (property.GetAttributes().Any(
            static attribute => attribute.AttributeClass?.Name is "DataMemberAttribute"
                or "JsonPropertyAttribute"
                or "JsonPropertyNameAttribute"
                or "KeyAttribute"
                or "ProtoMemberAttribute"))
        {
            return true;
        }

        foreach (var name in s_deserializers)
        {
            foreach (var call in CallIndex.CallsOf(name, context, cancellation))
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
