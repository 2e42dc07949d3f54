using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Editing;

/// <summary>The indentation of a document, from its .editorconfig or else from its lines.</summary>
/// <param name="UseTabs">Whether lines are indented with tabs.</param>
/// <param name="Size">The number of columns per level.</param>
internal sealed record Indentation(bool UseTabs, int Size)
{
    private const int Usual = 4;

    /// <summary>One level, as text.</summary>
    public string Unit { get; } = UseTabs ? "\t" : new string(' ', Size);

    /// <summary>The indentation of a document.</summary>
    /// <param name="config">The .editorconfig options of the document.</param>
    public static Indentation Of(SourceText text, AnalyzerConfigOptions config)
    {
        var useTabs = config.TryGetValue("indent_style", out var style)
            ? style.Equals("tab", StringComparison.OrdinalIgnoreCase)
            : IsMostlyTabs(text);
        var size = SizeIn(config, "indent_size") ?? (useTabs ? SizeIn(config, "tab_width") ?? Usual : SizeOf(text));
        return new Indentation(useTabs, size);
    }

    /// <summary>The width of a text that starts in the first column.</summary>
    public int WidthOf(string text)
    {
        var width = 0;
        foreach (var character in text)
        {
            width += character == '\t' ? Size - (width % Size) : 1;
        }

        return width;
    }

    /// <summary>White space of some width.</summary>
    public string OfWidth(int width) => UseTabs ? new string('\t', width / Size) + new string(' ', width % Size) : new string(' ', width);

    private static int? SizeIn(AnalyzerConfigOptions config, string key)
        => config.TryGetValue(key, out var value)
            && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is > 0 and <= 16
                ? size
                : null;

    private static bool IsMostlyTabs(SourceText text)
    {
        var balance = 0;
        foreach (var line in text.Lines)
        {
            if (line.End - line.Start >= 2)
            {
                balance += (text[line.Start], text[line.Start + 1]) switch { ('\t', _) => 1, (' ', ' ') => -1, _ => 0 };
            }
        }

        return balance > 0;
    }

    // The most frequent step between the indentations of consecutive lines.
    private static int SizeOf(SourceText text)
    {
        var steps = new int[Usual * 2 + 1];
        var last = 0;
        foreach (var line in text.Lines)
        {
            var width = 0;
            while (line.Start + width < line.End && text[line.Start + width] == ' ')
            {
                width++;
            }

            if (line.Start + width < line.End)
            {
                if (width - last is var step && step >= 2 && step < steps.Length)
                {
                    steps[step]++;
                }

                last = width;
            }
        }

        var most = Usual;
        for (var step = 2; step < steps.Length; step++)
        {
            most = steps[step] > steps[most] ? step : most;
        }

        return most;
    }
}
