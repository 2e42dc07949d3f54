using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OrderFlow.Demo;

/// <summary>The checksums that clients of SQS compare with their own.</summary>
[SuppressMessage("Security", "CA5351", Justification = "SQS has no other.")]
internal static class SqsChecksum
{
    private const byte TextValue = 1;

    public static string Of(string body) => Of(Encoding.UTF8.GetBytes(body));

    /// <param name="attributes">Attributes with text.</param>
    public static string Of(JsonObject attributes)
    {
        using var bytes = new MemoryStream();
        foreach (var (name, value) in attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            Write(bytes, name);
            Write(bytes, (string)value!["DataType"]!);
            bytes.WriteByte(TextValue);
            Write(bytes, (string)value["StringValue"]!);
        }

        return Of(bytes.ToArray());
    }

    private static string Of(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    private static void Write(MemoryStream bytes, string text)
    {
        var encoded = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, encoded.Length);
        bytes.Write(length);
        bytes.Write(encoded);
    }
}
