using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Configuration;

/// <summary>What a line of a declaration file declares; the options of the same name say the same.</summary>
internal enum DeclarationKind
{
    /// <summary>A method that writes the current context to a message or a carrier.</summary>
    Inject,

    /// <summary>A method that reads a context of a message or a carrier.</summary>
    Extract,

    /// <summary>A method with which a message leaves.</summary>
    Publish,

    /// <summary>A method with which a message arrives: it returns it, or is handed it.</summary>
    Consume,

    /// <summary>A method that starts a span.</summary>
    SpanStart,

    /// <summary>A type that is a carrier, or the member of a message that holds its carrier, and how it is written and read.</summary>
    Carrier,

    /// <summary>A program that continues the trace it is started in.</summary>
    TracingProgram,

    /// <summary>A program that knows nothing of traces.</summary>
    UntracedProgram,

    /// <summary>A transport for which an agent injects and extracts.</summary>
    InstrumentedTransport,
}

/// <summary>A piece of a line.</summary>
internal readonly record struct Word(string Text, TextSpan Span);

/// <summary>Something in a file that cannot be understood.</summary>
/// <param name="Span">Where.</param>
/// <param name="Text">A sentence without its end.</param>
/// <param name="IsMention">Whether it may well be as it should.</param>
internal readonly record struct Problem(TextSpan Span, string Text, bool IsMention = false);

/// <summary>One line of a declaration file.</summary>
/// <param name="Kind">Its first word.</param>
/// <param name="Target">Its second: a documentation id or a name.</param>
/// <param name="Symbol">The documentation id; null where it is a name.</param>
/// <param name="Parts">What follows: <c>carrier=envelope.Headers</c> and the like.</param>
internal sealed record Declaration(DeclarationKind Kind, Word Target, SymbolPattern? Symbol, ImmutableDictionary<string, Word> Parts)
{
    /// <summary>The names of the parts.</summary>
    internal static class PartNames
    {
        /// <summary>Where the carrier is: a parameter, a member of one, of the result, or <c>none</c>.</summary>
        public const string Carrier = "carrier";

        /// <summary>How an entry of the carrier is replaced: C# in the words carrier, key and value.</summary>
        public const string Write = "write";

        /// <summary>How the text of an entry is read, null when there is none: C# in the words carrier and key.</summary>
        public const string Read = "read";

        /// <summary>How an empty carrier is made.</summary>
        public const string New = "new";
    }

    /// <summary>The text of a part; null when it is not there.</summary>
    public string? Part(string name) => Parts.TryGetValue(name, out var part) ? part.Text : null;
}
