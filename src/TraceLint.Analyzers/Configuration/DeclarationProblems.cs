namespace TraceLint.Configuration;

/// <summary>Declarations that do not fit the compilation or contradict each other.</summary>
internal static class DeclarationProblems
{
    /// <summary>The problems, line by line.</summary>
    public static IEnumerable<Problem> In(DeclarationFile file, SymbolSearch search, CancellationToken cancellation)
    {
        var before = new Dictionary<string, DeclarationKind>(StringComparer.Ordinal);
        foreach (var line in file.Lines)
        {
            cancellation.ThrowIfCancellationRequested();
            if (line.Symbol is { } pattern && search.Find(pattern, cancellation) is { Found.IsEmpty: true } result)
            {
                yield return new Problem(line.Target.Span, Missing(pattern, result), IsMention: result.IsElsewhere);
            }

            if (before.TryGetValue(line.Target.Text, out var other) && Contradicts(line.Kind, other))
            {
                var name = line.Symbol is null ? Quote.Text(line.Target.Text) : Quote.Id(line.Target.Text);
                yield return new Problem(line.Target.Span, other == line.Kind
                    ? $"{name} is declared twice; remove one of the lines"
                    : $"{name} is already declared as something else; remove one of the lines");
            }

            before[line.Target.Text] = line.Kind;
        }
    }

    /// <summary>The message for a documentation id that names nothing.</summary>
    public static string Missing(SymbolPattern pattern, SymbolSearchResult result)
    {
        var hint = result.Nearest is { } nearest ? $"; did you mean '{nearest}'?"
            : result.IsElsewhere ? " in what this project references"
            : "";
        return $"{Quote.Id(pattern.Id)} does not exist{hint}";
    }

    private static bool Contradicts(DeclarationKind a, DeclarationKind b)
        => a == b
            || (a, b) is (DeclarationKind.Inject, DeclarationKind.Extract)
                or (DeclarationKind.Extract, DeclarationKind.Inject)
                or (DeclarationKind.TracingProgram, DeclarationKind.UntracedProgram)
                or (DeclarationKind.UntracedProgram, DeclarationKind.TracingProgram)
                or (DeclarationKind.Inject, DeclarationKind.Publish)
                or (DeclarationKind.Publish, DeclarationKind.Inject);
}
