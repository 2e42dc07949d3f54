using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Configuration;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// TL9001: a setting or declaration that is invalid, and so is ignored.
/// <para>Reports, for the lines of .editorconfig and global configs that start with <c>tracelint.</c>: an option or rule that does not
/// exist, an invalid value, a documentation id that names nothing in this compilation, and settings that contradict each other. These
/// have no location, because an analyzer is not told where a setting comes from; each is reported once for a compilation. For the lines
/// of <c>TraceLint.*.txt</c>: the same, at their line and column, and carriers that do not exist.</para>
/// <para>Does not report other lines and files. A documentation id in a namespace that does not exist here is reported as Info only: a
/// shared file may name libraries that this project does not reference.</para>
/// </summary>
internal sealed class TL9001_Misconfiguration : Rule
{
    internal const string Id = "TL9001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Setting or declaration is invalid",
        messageFormat: "{0}",
        Category.Configuration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An invalid setting or declaration is ignored. Rules then report what they were told not to report (a false "
            + "positive), or miss what they were told about.",
        helpLinkUri: Repository.RulesPage + "#tl9001");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override bool IsAboutCode => false;

    // None: the rule is about settings, not about sources.
    public override IReadOnlyCollection<string> Words { get; } = [];

    public override void Start(RuleContext context)
    {
        var search = new SymbolSearch(context.Compilation);
        var settings = context.CompilationContext.Settings;
        var said = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var seen = new ConcurrentDictionary<AnalyzerConfigOptions, bool>();
        context.RegisterFileAction(file => AnalyzeOptions(file, settings, search, seen, said));
        context.RegisterAdditionalFileAction(file => AnalyzeFile(file, settings, search));
    }

    private static void AnalyzeOptions(
        FileContext context,
        Settings settings,
        SymbolSearch search,
        ConcurrentDictionary<AnalyzerConfigOptions, bool> seen,
        ConcurrentDictionary<string, bool> said)
    {
        var options = context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Tree);
        if (!seen.TryAdd(options, true))
        {
            return;
        }

        var carriers = Options.AllIn(options)
            .SelectMany(one => DeclaredTransports.ProblemsIn(one, settings, search, context.CancellationToken));
        foreach (var problem in OptionProblems.In(options, search, context.CancellationToken).Concat(carriers))
        {
            if (said.TryAdd(problem.Text, true))
            {
                context.Report(about: null, Create(Location.None, problem));
            }
        }
    }

    private static void AnalyzeFile(AdditionalFileAnalysisContext context, Settings settings, SymbolSearch search)
    {
        if (context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        var lines = new HashSet<int>();
        foreach (var problem in ProblemsIn(context.AdditionalFile, settings, search, context.CancellationToken))
        {
            var where = text.Lines.GetLinePositionSpan(problem.Span);
            if (lines.Add(where.Start.Line))
            {
                context.ReportDiagnostic(Create(Location.Create(context.AdditionalFile.Path, problem.Span, where), problem));
            }
        }
    }

    private static IEnumerable<Problem> ProblemsIn(
        AdditionalText text, Settings settings, SymbolSearch search, CancellationToken cancellation)
        => DeclarationFile.Of(text, cancellation) is { } file
            ? file.Problems
                .Concat(DeclarationProblems.In(file, search, cancellation))
                .Concat(DeclaredTransports.ProblemsIn(file, settings, search, cancellation))
            : BaselineFile.Of(text, cancellation) is { } baseline ? baseline.Problems : Enumerable.Empty<Problem>();

    private static Diagnostic Create(Location location, Problem problem)
        => Diagnostic.Create(
            s_rule,
            location,
            problem.IsMention ? DiagnosticSeverity.Info : s_rule.DefaultSeverity,
            additionalLocations: null,
            properties: null,
            problem.Text);
}
