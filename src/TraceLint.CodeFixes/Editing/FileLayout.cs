using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Options;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Editing;

/// <summary>
/// Adapts the code that a fix wrote to the layout of its document: line endings, indentation and line length. All fixes go through
/// here, so that none has to care about layout. Existing code is left alone.
/// </summary>
internal static class FileLayout
{
    /// <summary>Lays out the changes of a fix in a document.</summary>
    /// <param name="original">The document before the fix.</param>
    /// <param name="changed">The document after the fix, with the new nodes marked for the formatter.</param>
    public static async Task<Document> ApplyAsync(Document original, Document changed, CancellationToken cancellation)
    {
        var formatted = await FormatAsync(original, changed, cancellation).ConfigureAwait(false);
        var before = await original.GetTextAsync(cancellation).ConfigureAwait(false);
        var text = await formatted.GetTextAsync(cancellation).ConfigureAwait(false);
        if (await formatted.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root)
        {
            return formatted;
        }

        var indentation = await IndentationOf(original, before, cancellation).ConfigureAwait(false);
        var lines = new HashSet<string>(before.Lines.Select(static line => line.ToString()), StringComparer.Ordinal);
        text = text.WithChanges(Reindented(text, root, lines, indentation));

        var options = (CSharpParseOptions)root.SyntaxTree.Options;
        text = new LongLines(lines, indentation, LineEnding.Of(before), options).Wrap(text, cancellation);

        // Parsed again, to drop the annotations for which the workspace would format the document once more, in its own way.
        var tree = CSharpSyntaxTree.ParseText(text, options, cancellationToken: cancellation);
        return formatted.WithSyntaxRoot(await tree.GetRootAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>
    /// Formats the marked nodes with the line ending and the indentation of the document. By default, the formatter uses those of the
    /// machine and four spaces.
    /// </summary>
    /// <inheritdoc cref="ApplyAsync"/>
    public static async Task<Document> FormatAsync(Document original, Document changed, CancellationToken cancellation)
    {
        var text = await original.GetTextAsync(cancellation).ConfigureAwait(false);
        var indentation = await IndentationOf(original, text, cancellation).ConfigureAwait(false);
        OptionSet options = await changed.GetOptionsAsync(cancellation).ConfigureAwait(false);
        options = options.WithChangedOption(FormattingOptions.NewLine, LanguageNames.CSharp, LineEnding.Of(text))
            .WithChangedOption(FormattingOptions.UseTabs, LanguageNames.CSharp, indentation.UseTabs)
            .WithChangedOption(FormattingOptions.TabSize, LanguageNames.CSharp, indentation.Size)
            .WithChangedOption(FormattingOptions.IndentationSize, LanguageNames.CSharp, indentation.Size);
        var formatted = await Formatter.FormatAsync(changed, Formatter.Annotation, options, cancellation).ConfigureAwait(false);
        return await Formatter.FormatAsync(formatted, SyntaxAnnotation.ElasticAnnotation, options, cancellation).ConfigureAwait(false);
    }

    private static async Task<Indentation> IndentationOf(Document document, SourceText text, CancellationToken cancellation)
    {
        var tree = (await document.GetSyntaxTreeAsync(cancellation).ConfigureAwait(false))!;
        return Indentation.Of(text, document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(tree));
    }

    // The formatter shifts the lines of a node by the same white space, which may mix tabs and spaces.
    private static IEnumerable<TextChange> Reindented(SourceText text, SyntaxNode root, HashSet<string> original, Indentation indentation)
    {
        foreach (var line in text.Lines)
        {
            var content = line.ToString();
            var space = content.Substring(0, content.Length - content.TrimStart().Length);
            if (space.Length > 0 && space.Length < content.Length && indentation.OfWidth(indentation.WidthOf(space)) is var wanted
                && wanted != space && !original.Contains(content) && LongLines.StartsBetweenTokens(root, line, space.Length))
            {
                yield return new TextChange(new TextSpan(line.Start, space.Length), wanted);
            }
        }
    }
}
