using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>Libraries whose types contain data from other processes: messages, requests, events.</summary>
internal static class OtherProcesses
{
    private static readonly string[] s_libraries =
    [
        "Amazon.Lambda", "Amazon.SimpleNotificationService", "Amazon.SQS", "Azure.Messaging", "CloudNative.CloudEvents", "Confluent.Kafka",
        "Google.Cloud.PubSub", "Grpc.Core", "MQTTnet", "Microsoft.AspNetCore.Http", "Microsoft.Azure.Functions.Worker",
        "Microsoft.Azure.ServiceBus", "NATS.Client", "RabbitMQ.Client", "System.Net.Http", "System.Web",
    ];

    // Members of requests that are for the process itself to write to.
    private static readonly string[] s_ownBags = ["Features", "Items", "Options", "Properties"];

    /// <summary>Whether objects of a type come from another process, unless interpreted code creates them.</summary>
    public static bool Are(ITypeSymbol type)
    {
        if (type.SpecialType is not SpecialType.None
            || type.Name is "HttpRequestOptionsKey"
            || type.Locations is [{ IsInSource: true }, ..]
            || type.ContainingNamespace is not { IsGlobalNamespace: false } home)
        {
            return false;
        }

        var name = home.ToDisplayString();
        foreach (var library in s_libraries)
        {
            if (name.StartsWith(library, StringComparison.Ordinal) && (name.Length == library.Length || name[library.Length] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a member of a request contains what the process itself has put there.</summary>
    public static bool IsOwnBag(IPropertySymbol member)
        => Array.IndexOf(s_ownBags, member.Name) >= 0
            && member.ContainingType?.Name is "HttpContext" or "HttpContextBase" or "HttpRequestMessage" or "FunctionContext";
}
