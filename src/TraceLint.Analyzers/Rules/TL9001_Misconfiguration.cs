using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Configuration;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// TL9001: a setting or declaration that cannot be understood, and so counts as not there.
/// <para>Reports, of the lines of .editorconfig and global configs that start with <c>tracelint.</c>: an option or a rule that
/// does not exist, a value that is none, a documentation id that names nothing in this compilation, and settings that
/// contradict each other. These have no position, because an analyzer is not told where a setting comes from; each is said
/// once for a compilation. Of the lines of <c>TraceLint.*.txt</c>: the same, at their line and column, and carriers that are
/// not there.</para>
/// <para>Stays silent about all other lines and files. A documentation id of a namespace that is not here at all is only
/// mentioned, as information: a file that is shared may speak of libraries that this project does not reference.</para>
/// </summary>
internal sealed class TL9001_Misconfiguration : Rule
{
    internal const string Id = "TL9001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A setting or declaration cannot be understood",
        messageFormat: "{0}",
        Category.Configuration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A setting or declaration that cannot be understood counts as not there. Rules then report what they were told not to, or are silent about what they were told of.",
        helpLinkUri: Repository.RulesPage + "#tl9001");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override bool IsAboutCode => false;

    // Nothing in the sources: it is about what is said outside of them.
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
        FileContext context, Settings settings, SymbolSearch search, ConcurrentDictionary<AnalyzerConfigOptions, bool> seen, ConcurrentDictionary<string, bool> said)
    {
        var options = context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Tree);
        if (!seen.TryAdd(options, true))
        {
            return;
        }

        var carriers = Options.AllIn(options).SelectMany(one => DeclaredTransports.ProblemsIn(one, settings, search, context.CancellationToken));
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
        if (DeclarationFile.Of(context.AdditionalFile, context.CancellationToken) is not { } file || context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        var lines = new HashSet<int>();
        var problems = file.Problems
            .Concat(DeclarationProblems.In(file, search, context.CancellationToken))
            .Concat(DeclaredTransports.ProblemsIn(file, settings, search, context.CancellationToken));
        foreach (var problem in problems)
        {
            var where = text.Lines.GetLinePositionSpan(problem.Span);
            if (lines.Add(where.Start.Line))
            {
                context.ReportDiagnostic(Create(Location.Create(context.AdditionalFile.Path, problem.Span, where), problem));
            }
        }
    }

    private static Diagnostic Create(Location location, Problem problem)
        => Diagnostic.Create(
            s_rule, location, problem.IsMention ? DiagnosticSeverity.Info : s_rule.DefaultSeverity, additionalLocations: null, properties: null, problem.Text);
}
