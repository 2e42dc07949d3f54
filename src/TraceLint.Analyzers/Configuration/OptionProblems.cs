using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Configuration;

/// <summary>Invalid settings. Their problems have no position, because an analyzer does not learn where a setting comes from.</summary>
internal static class OptionProblems
{
    /// <summary>The problems of the settings that apply to a file.</summary>
    public static IEnumerable<Problem> In(AnalyzerConfigOptions options, SymbolSearch search, CancellationToken cancellation)
    {
        foreach (var key in Options.KeysOf(options))
        {
            if (options.TryGetValue(key, out var text))
            {
                foreach (var problem in In(key, text, search, cancellation))
                {
                    yield return problem;
                }
            }
        }

        foreach (var contradiction in Options.AllIn(options).SelectMany(ContradictionsIn))
        {
            yield return contradiction;
        }
    }

    private static IEnumerable<Problem> ContradictionsIn(Options settings)
    {
        var (tracing, untraced) = (settings.Get(KnownOptions.TracingPrograms).Names, settings.Get(KnownOptions.UntracedPrograms).Names);
        foreach (var program in tracing.Intersect(untraced, StringComparer.OrdinalIgnoreCase))
        {
            yield return InBoth(KnownOptions.TracingPrograms, KnownOptions.UntracedPrograms, Quote.Text(program));
        }

        var (injects, extracts) = (settings.Get(KnownOptions.InjectMethods).Patterns, settings.Get(KnownOptions.ExtractMethods).Patterns);
        foreach (var pattern in injects.Intersect(extracts))
        {
            yield return InBoth(KnownOptions.InjectMethods, KnownOptions.ExtractMethods, Quote.Id(pattern.Id));
        }
    }

    private static IEnumerable<Problem> In(string key, string text, SymbolSearch search, CancellationToken cancellation)
    {
        var name = key.Substring(Option.Prefix.Length);
        if (Options.RuleOf(key) is { } rule)
        {
            if (!RuleIds.All.Contains(rule))
            {
                var offer = NearestName.Offer(rule.ToUpperInvariant(), RuleIds.All);
                yield return Say($"{Quote.Text(key)} names {Quote.Text(rule)}, which is not a rule{offer}");
                yield break;
            }

            name = name.Substring(rule.Length + 1);
        }

        if (KnownOptions.All.FirstOrDefault(option => option.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } option)
        {
            var offer = NearestName.Offer(name, KnownOptions.All.Select(static option => option.Name));
            yield return Say($"{Quote.Text(key)} is not an option{offer}");
        }
        else if (option.ProblemIn(text) is { } problem)
        {
            yield return Say($"'{key}' {problem}");
        }
        else if (option is Option<MethodPatterns> methods && methods.TryParse(text, out var patterns))
        {
            foreach (var pattern in patterns.Patterns)
            {
                if (search.Find(pattern, cancellation) is { Found.IsEmpty: true } result)
                {
                    yield return new Problem(default, $"'{key}': {DeclarationProblems.Missing(pattern, result)}", result.IsElsewhere);
                }
            }
        }
    }

    private static Problem InBoth(Option one, Option other, string what)
        => Say($"'{one.Key}' and '{other.Key}' both name {what}; remove it from one of them");

    private static Problem Say(string text) => new(default, text);
}
