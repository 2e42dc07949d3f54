using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Configuration;

/// <summary>What a line of a declaration file declares. The options with the same names declare the same things.</summary>
internal enum DeclarationKind
{
    /// <summary>A method that injects the current context into a message or a carrier.</summary>
    Inject,

    /// <summary>A method that extracts a context from a message or a carrier.</summary>
    Extract,

    /// <summary>A method that publishes a message.</summary>
    Publish,

    /// <summary>A method that returns a received message or takes it as an argument.</summary>
    Consume,

    /// <summary>A method that starts a span.</summary>
    SpanStart,

    /// <summary>A carrier type, or the member of a message that holds its carrier, and how the carrier is written and read.</summary>
    Carrier,

    /// <summary>A program that continues the trace of the process that starts it.</summary>
    TracingProgram,

    /// <summary>A program that does not trace.</summary>
    UntracedProgram,

    /// <summary>A transport for which an agent injects and extracts the context.</summary>
    InstrumentedTransport,
}

/// <summary>A word of a line and its position in the file.</summary>
internal readonly record struct Word(string Text, TextSpan Span);

/// <summary>A problem in the configuration, which TL9001 reports.</summary>
/// <param name="Span">Where it is.</param>
/// <param name="Text">The message, without a full stop.</param>
/// <param name="IsMention">Whether the configuration may be correct after all, so that this is only a hint.</param>
internal readonly record struct Problem(TextSpan Span, string Text, bool IsMention = false);

/// <summary>One line of a declaration file.</summary>
/// <param name="Kind">The first word.</param>
/// <param name="Target">The second word: a documentation id or a name.</param>
/// <param name="Symbol">The parsed documentation id; null when <paramref name="Target"/> is a name.</param>
/// <param name="Parts">The <c>name=value</c> parts that follow, such as <c>carrier=envelope.Headers</c>.</param>
internal sealed record Declaration(DeclarationKind Kind, Word Target, SymbolPattern? Symbol, ImmutableDictionary<string, Word> Parts)
{
    /// <summary>The names of the parts.</summary>
    internal static class PartNames
    {
        /// <summary>Where the carrier is: a parameter, a member of a parameter or of the result, or <c>none</c>.</summary>
        public const string Carrier = "carrier";

        /// <summary>How an entry of the carrier is set: C# code that uses carrier, key and value.</summary>
        public const string Write = "write";

        /// <summary>How the text of an entry is read, null for a missing entry: C# code that uses carrier and key.</summary>
        public const string Read = "read";

        /// <summary>How an empty carrier is created: C# code.</summary>
        public const string New = "new";
    }

    /// <summary>The text of a part; null when the line does not have it.</summary>
    public string? Part(string name) => Parts.TryGetValue(name, out var part) ? part.Text : null;
}
