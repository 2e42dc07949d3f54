using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>The kinds of spans: what a call passes, and how the values are called.</summary>
internal static class SpanKinds
{
    public const string Internal = nameof(Internal);
    public const string Producer = nameof(Producer);
    public const string Consumer = nameof(Consumer);

    // OpenTelemetry's SpanKind has the same names, each with a value that is one more.
    private static readonly string[] s_names = [Internal, "Server", "Client", Producer, Consumer];

    /// <summary>The name of the kind of a span; null when it is not known.</summary>
    public static string? Of(SpanStart start) => start.Kind?.Unconverted() switch
    {
        null => Internal,
        { Type.Name: "SpanKind", ConstantValue: { HasValue: true, Value: int kind } } => NameOf(kind - 1),
        { ConstantValue: { HasValue: true, Value: int kind } } => NameOf(kind),
        _ => null,
    };

    private static string? NameOf(int kind) => kind >= 0 && kind < s_names.Length ? s_names[kind] : null;
}
