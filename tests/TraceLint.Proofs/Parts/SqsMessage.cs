using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TraceLint.Proofs.Parts;

/// <summary>A message as SQS keeps it.</summary>
internal sealed partial class SqsMessage
{
    private const int MostAttributes = 10;
    private const int MostBytes = 1024 * 1024;

    private readonly string _id = Guid.NewGuid().ToString();
    private readonly DateTimeOffset _sent = DateTimeOffset.UtcNow;
    private readonly string _body;
    private readonly JsonObject _attributes;
    private readonly JsonObject _systemAttributes;
    private int _receives;

    private SqsMessage(string body, JsonObject attributes, JsonObject systemAttributes, int delay)
    {
        _body = body;
        _attributes = attributes;
        _systemAttributes = systemAttributes;
        VisibleAt = DateTime.UtcNow.AddSeconds(delay);
    }

    public DateTime VisibleAt { get; set; }

    /// <summary>Another one whenever it is received.</summary>
    public string ReceiptHandle { get; private set; } = "";

    /// <summary>The message of a request or of an entry of a batch.</summary>
    /// <exception cref="SqsException">SQS would not take it.</exception>
    public static SqsMessage Of(JsonObject request)
    {
        var body = (string?)request["MessageBody"];
        if (string.IsNullOrEmpty(body))
        {
            throw new SqsException("MissingParameter", "The request must contain the parameter MessageBody.");
        }

        var attributes = Copy(request["MessageAttributes"]);
        if (attributes.Count > MostAttributes)
        {
            throw SqsException.Invalid($"Number of message attributes [{attributes.Count}] exceeds the allowed maximum [{MostAttributes}].");
        }

        foreach (var (name, value) in attributes)
        {
            Check(name, value!.AsObject());
        }

        var system = Copy(request["MessageSystemAttributes"]);
        if (system.Any(static attribute => attribute.Key != "AWSTraceHeader"))
        {
            throw SqsException.Invalid("The only message system attribute that can be sent is AWSTraceHeader.");
        }

        return SqsChecksum.SizeOf(body, attributes) > MostBytes
            ? throw SqsException.Invalid($"One or more parameters are invalid. Reason: Message must be shorter than {MostBytes} bytes.")
            : new SqsMessage(body, attributes, system, (int?)request["DelaySeconds"] ?? 0);
    }

    /// <summary>What the sender is told.</summary>
    public JsonObject Answer()
    {
        var answer = new JsonObject { ["MessageId"] = _id, ["MD5OfMessageBody"] = SqsChecksum.Of(_body) };
        if (_attributes.Count > 0)
        {
            answer["MD5OfMessageAttributes"] = SqsChecksum.Of(_attributes);
        }

        if (_systemAttributes.Count > 0)
        {
            answer["MD5OfMessageSystemAttributes"] = SqsChecksum.Of(_systemAttributes);
        }

        return answer;
    }

    /// <summary>Hands it out until it becomes visible again, with the attributes that were asked for and no others.</summary>
    public JsonObject Receive(JsonObject request, DateTime visibleAt)
    {
        VisibleAt = visibleAt;
        ReceiptHandle = Guid.NewGuid().ToString();
        _receives++;
        var message = new JsonObject
        {
            ["MessageId"] = _id,
            [nameof(ReceiptHandle)] = ReceiptHandle,
            ["Body"] = _body,
            ["MD5OfBody"] = SqsChecksum.Of(_body),
        };
        var asked = Names(request["MessageAttributeNames"]);
        var attributes = Filtered(_attributes, name => asked.Exists(pattern => Matches(pattern, name)));
        if (attributes.Count > 0)
        {
            message["MessageAttributes"] = attributes;
            message["MD5OfMessageAttributes"] = SqsChecksum.Of(attributes);
        }

        var askedOfSystem = Names(request["MessageSystemAttributeNames"] ?? request["AttributeNames"]);
        var system = Filtered(SystemAttributes(), name => askedOfSystem.Contains("All") || askedOfSystem.Contains(name));
        if (system.Count > 0)
        {
            message["Attributes"] = system;
        }

        return message;
    }

    private JsonObject SystemAttributes()
    {
        var all = new JsonObject
        {
            ["ApproximateReceiveCount"] = _receives.ToString(CultureInfo.InvariantCulture),
            ["SentTimestamp"] = _sent.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in _systemAttributes)
        {
            all[name] = (string?)value!["StringValue"];
        }

        return all;
    }

    // "*" alone is the name of no attribute.
    private static bool Matches(string asked, string name)
        => asked is "All" or ".*" || asked == name || (asked.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(asked[..^2], StringComparison.Ordinal));

    private static void Check(string name, JsonObject value)
    {
        if (!AttributeName().IsMatch(name) || name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase))
        {
            throw SqsException.Invalid($"The message attribute name '{name}' is invalid.");
        }

        var type = (string?)value["DataType"];
        if (string.IsNullOrEmpty(type))
        {
            throw SqsException.Invalid($"The message attribute '{name}' must contain a message attribute type.");
        }

        var kind = type.Split('.')[0];
        if (kind is not ("String" or "Number" or "Binary"))
        {
            throw SqsException.Invalid($"The type of message attribute '{name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.");
        }

        if (string.IsNullOrEmpty((string?)value[kind is "Binary" ? "BinaryValue" : "StringValue"]))
        {
            throw SqsException.Invalid($"Message attribute '{name}' must contain a non-empty value of type '{kind}'.");
        }
    }

    private static JsonObject Copy(JsonNode? attributes) => attributes?.DeepClone() as JsonObject ?? [];

    private static List<string> Names(JsonNode? names) => [.. (names as JsonArray ?? []).Select(static name => $"{name}")];

    private static JsonObject Filtered(JsonObject attributes, Predicate<string> isAskedFor)
        => new(attributes.Where(attribute => isAskedFor(attribute.Key)).Select(static attribute => KeyValuePair.Create(attribute.Key, attribute.Value?.DeepClone())));

    [GeneratedRegex(@"\A(?!\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)\z")]
    private static partial Regex AttributeName();
}
