using System.Reflection;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Parts;

/// <summary>
/// A channel of RabbitMQ.Client 6 that goes nowhere: there is no RabbitMQ without a server. It makes properties as the
/// library does, without headers, and delivers what is published as RabbitMQ does, text as bytes.
/// </summary>
public class RabbitStub : DispatchProxy
{
    private readonly List<(string RoutingKey, KeyValuePair<string, object>[] Headers)> _published = [];

    public static IModel Create() => Create<IModel, RabbitStub>();

    /// <summary>Properties of a message, without headers.</summary>
    public static IBasicProperties Properties() => Create<IBasicProperties, PropertiesStub>();

    /// <summary>A message as a consumer gets it.</summary>
    public static BasicDeliverEventArgs Deliver(IReadOnlyDictionary<string, string> headers)
    {
        var properties = Properties();
        properties.Headers = headers.ToDictionary(static header => header.Key, static header => (object)Encoding.UTF8.GetBytes(header.Value));
        return new BasicDeliverEventArgs { BasicProperties = properties };
    }

    /// <summary>Processes every message that the program has published, in a span that is called like the routing key.</summary>
    public static void ReceiveEverything(IModel channel)
    {
        foreach (var (routingKey, headers) in ((RabbitStub)channel)._published)
        {
            Wire.Process(routingKey, [.. headers.Select(static header => (header.Key, Text(header.Value)))]);
        }
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod?.Name)
        {
            case nameof(IModel.CreateBasicProperties):
                return Properties();
            case nameof(IModel.BasicPublish):
                // Properties that are written to again must not change what has left.
                _published.Add(((string)args![1]!, [.. ((IBasicProperties?)args[3])?.Headers ?? new Dictionary<string, object>()]));
                return null;
            default:
                throw new NotSupportedException($"{targetMethod} is not known here.");
        }
    }

    private static string? Text(object? value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        string text => text,
        _ => null,
    };

    /// <summary>Properties that keep what they are given.</summary>
    public class PropertiesStub : DispatchProxy
    {
        private readonly Dictionary<string, object?> _values = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name.StartsWith("set_", StringComparison.Ordinal))
            {
                _values[targetMethod.Name["set_".Length..]] = args![0];
                return null;
            }

            return targetMethod.Name.StartsWith("get_", StringComparison.Ordinal)
                ? _values.GetValueOrDefault(targetMethod.Name["get_".Length..])
                : throw new NotSupportedException($"{targetMethod} is not known here.");
        }
    }
}
