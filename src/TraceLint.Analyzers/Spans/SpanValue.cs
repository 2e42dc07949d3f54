using Microsoft.CodeAnalysis;

namespace TraceLint.Spans;

/// <summary>What a value may hold, as far as the trace context goes. A constant or a new object holds nothing of it.</summary>
[Flags]
internal enum Held
{
    Nothing = 0,

    /// <summary>Null: a span that was not created, or what is read from it with <c>?.</c>.</summary>
    Null = 1,

    /// <summary>The default of a context, an empty text, or what is made of one.</summary>
    Empty = 2,

    /// <summary>A span that was created, or what is read from it.</summary>
    Span = 4,

    /// <summary><c>Activity.Current</c>, or what is read from it.</summary>
    Current = 8,

    True = 16,
    False = 32,

    /// <summary>Anything else.</summary>
    Other = 64,

    /// <summary>It came as an argument.</summary>
    Passed = 128,
}

/// <summary>What is known of a value.</summary>
/// <param name="Held">What it may hold.</param>
/// <param name="Start">The expression that starts the span it holds, in the body that is followed.</param>
internal readonly record struct SpanValue(Held Held, SyntaxNode? Start = null)
{
    private const Held Context = Held.Null | Held.Empty | Held.Span | Held.Current;

    public static readonly SpanValue Nothing;
    public static readonly SpanValue Other = new(Held.Other);

    /// <summary>Whether it has to do with a trace context.</summary>
    public bool IsTracked => (Held & Context) != 0;

    public bool MayBeTrue => (Held & ~Held.False) != 0 || Held == 0;

    public bool MayBeFalse => (Held & ~Held.True) != 0 || Held == 0;

    public static SpanValue Of(bool value) => new(value ? Held.True : Held.False);

    /// <summary>Whether it holds one of some things.</summary>
    public bool Has(Held some) => (Held & some) != 0;

    /// <summary>Whether it holds nothing but some things.</summary>
    public bool IsOnly(Held some) => (Held & ~some) == 0;

    public SpanValue Without(Held some) => this with { Held = Held & ~some };

    public SpanValue Join(SpanValue other) => new(Held | other.Held, Start ?? other.Start);

    /// <summary>What is made of it, such as the bytes of a text: of null, nothing that names a trace.</summary>
    public SpanValue Made() => Has(Held.Null) ? new(Held & ~Held.Null | Held.Empty, Start) : this;

    /// <summary>The answer to whether it is null.</summary>
    public SpanValue IsNull()
    {
        if (Held is Held.Null)
        {
            return Of(true);
        }

        // Activity.Current may be null; a span that was created is not.
        return Has(Held.Null | Held.Current | Held.Other) ? Other : Of(false);
    }
}
