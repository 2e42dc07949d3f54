using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace TraceLint.Engine;

/// <summary>A text that is composed of others.</summary>
/// <param name="Parts">The values whose text it consists of, in order. Those that are composed themselves are taken apart.</param>
internal sealed record ComposedText(ImmutableArray<Value> Parts)
{
    /// <summary>Stands for a part that is not a constant.</summary>
    public const char Hole = '\u0001';

    // A longer text is none that anything is asked about.
    private const int MaxParts = 32;

    /// <summary>The parts that are not constants.</summary>
    public IEnumerable<Value> Holes => Parts.Where(static part => part.Constant is null);

    /// <summary>The text, with a <see cref="Hole"/> for each part that is not a constant.</summary>
    public string Template
    {
        get
        {
            var text = new StringBuilder();
            foreach (var part in Parts)
            {
                text.Append(part.Constant is { } constant ? Convert.ToString(constant, CultureInfo.InvariantCulture) : Hole);
            }

            return text.ToString();
        }
    }

    /// <summary>A value as a text: what it is composed of, or itself.</summary>
    public static ComposedText Of(Value value) => value.Text ?? new ComposedText(ImmutableArray.Create(value));

    /// <summary>The text of several values, one after the other.</summary>
    /// <returns>Null when it is too long.</returns>
    public static ComposedText? Of(IEnumerable<Value> values)
    {
        var parts = ImmutableArray.CreateBuilder<Value>();
        foreach (var value in values)
        {
            parts.AddRange(Of(value).Parts);
            if (parts.Count > MaxParts)
            {
                return null;
            }
        }

        return new ComposedText(parts.ToImmutable());
    }
}
