using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Configuration;

/// <summary>
/// An additional file named <c>TraceLint.*.txt</c> or <c>TraceLint.txt</c>, with one declaration per line and <c>#</c> comments.
/// A line that cannot be read becomes a problem and is otherwise ignored; reading goes on up to a limit of lines and problems.
/// </summary>
internal sealed class DeclarationFile
{
    private const int MaxLines = 10_000;

    private static readonly ConditionalWeakTable<SourceText, DeclarationFile> s_read = new();

    private DeclarationFile(SourceText text)
    {
        var lines = ImmutableArray.CreateBuilder<Declaration>();
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var line in SettingLines.Of(text, MaxLines, problems))
        {
            if (new DeclarationLine(text.ToString(line.Span), line.Start, problems).Read() is { } declaration)
            {
                lines.Add(declaration);
            }
        }

        (Lines, Problems) = (lines.ToImmutable(), problems.ToImmutable());
    }

    public ImmutableArray<Declaration> Lines { get; }

    public ImmutableArray<Problem> Problems { get; }

    /// <summary>Whether a file is a declaration file, judged by its name.</summary>
    public static bool IsOne(AdditionalText file) => SettingLines.AreIn(file, ".txt");

    /// <summary>Reads a file, once per version of its text; null when it is not a declaration file.</summary>
    public static DeclarationFile? Of(AdditionalText file, CancellationToken cancellation)
        => IsOne(file) && file.GetText(cancellation) is { } text ? s_read.GetValue(text, static text => new DeclarationFile(text)) : null;
}
