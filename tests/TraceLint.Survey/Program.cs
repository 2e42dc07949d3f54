using System.Diagnostics;
using Microsoft.CodeAnalysis;
using TraceLint.Editing;
using TraceLint.Survey;

if (SurveyOptions.Parse(args, out var error) is not { } options)
{
    Console.Error.WriteLine($"{error}\n{SurveyOptions.Usage}");
    return 2;
}

// The product goes on after an exception in a fix; here each one counts.
FailedFix.IsHidden = static _ => false;

var rules = Rules.Load(options.Assemblies);
using var output = new StreamWriter(Console.OpenStandardOutput());
var report = new Report(output, options);
var analyzers = rules.Timed(report.Times);
if (rules.Analyzers.IsEmpty)
    report.Problem("no analyzers were found; the code is only compiled");

var cost = new Cost(output, rules, report.AnalyzerFailure);
var loader = new ProjectLoader(References.Load(), rules);
foreach (var folder in options.Folders)
{
    report.StartFolder(folder);
    using var workspace = loader.Load(folder, report.Problem);
    if (options.CostPairs > 0)
    {
        await cost.AddAsync(workspace.CurrentSolution);
        continue;
    }

    var fixes = new Fixes(rules, report);
    foreach (var project in workspace.CurrentSolution.Projects)
    {
        if (await SurveyAsync(project) is { Length: > 0 } diagnostics && options.Fix)
            await fixes.ApplyAsync(project, diagnostics);
    }

    output.Flush();
}

if (options.CostPairs > 0)
    await cost.MeasureAsync(options.CostPairs);
else
    report.Summarize(rules);
return report.HasFailures ? 1 : 0;

async Task<Diagnostic[]> SurveyAsync(Project project)
{
    if (await project.GetCompilationAsync() is not { } compilation)
        return [];

    report.AddProject(project);
    if (options.Time)
        await TimeAsync(project, compilation);
    if (rules.Analyzers.IsEmpty)
        return [];

    var analysis = await Analysis.Start(project, compilation, analyzers, report.AnalyzerFailure).GetAnalysisResultAsync(CancellationToken.None);

    report.AddFailures(analysis.GetAllDiagnostics());
    var diagnostics = analysis.GetAllDiagnostics().Where(report.IsAskedFor).ToArray();
    report.Print(project, diagnostics);
    return diagnostics;
}

async Task TimeAsync(Project project, Compilation compilation)
{
    // The first pass loads metadata and warms up the compiler, so that the two timed ones start equal.
    var errors = compilation.GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    var watch = Stopwatch.StartNew();
    compilation.Clone().GetDiagnostics();
    var without = watch.Elapsed;

    watch.Restart();
    if (!rules.Analyzers.IsEmpty)
        await Analysis.Start(project, compilation.Clone(), rules.Analyzers, report.AnalyzerFailure).GetAllDiagnosticsAsync();
    report.AddTimes(errors, without, watch.Elapsed);
}
