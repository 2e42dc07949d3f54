using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace TraceLint.Proofs.Parts;

/// <summary>The checksums that clients of SQS compare with their own.</summary>
[SuppressMessage("Security", "CA5351", Justification = "SQS has no other.")]
internal static class SqsChecksum
{
    public static string Of(string body) => Of(Encoding.UTF8.GetBytes(body));

    /// <summary>Of name, type and value of each attribute, in the order of their names.</summary>
    public static string Of(JsonObject attributes)
    {
        using var bytes = new MemoryStream();
        foreach (var (name, value) in attributes.OrderBy(static attribute => attribute.Key, StringComparer.Ordinal))
        {
            var type = (string)value!["DataType"]!;
            var isBinary = type.StartsWith("Binary", StringComparison.Ordinal);
            Write(bytes, Encoding.UTF8.GetBytes(name));
            Write(bytes, Encoding.UTF8.GetBytes(type));
            bytes.WriteByte(isBinary ? (byte)2 : (byte)1);
            Write(bytes, Content(value, isBinary));
        }

        return Of(bytes.ToArray());
    }

    /// <summary>What counts for the limit of a message.</summary>
    public static int SizeOf(string body, JsonObject attributes)
        => Encoding.UTF8.GetByteCount(body)
            + attributes.Sum(static attribute => Encoding.UTF8.GetByteCount(attribute.Key) + Encoding.UTF8.GetByteCount($"{attribute.Value!["DataType"]}")
                + Content(attribute.Value, attribute.Value["BinaryValue"] is not null).Length);

    private static byte[] Content(JsonNode value, bool isBinary)
        => isBinary ? Convert.FromBase64String((string)value["BinaryValue"]!) : Encoding.UTF8.GetBytes((string)value["StringValue"]!);

    private static string Of(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    private static void Write(MemoryStream bytes, byte[] text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        bytes.Write(length);
        bytes.Write(text);
    }
}
