using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Host;

namespace TraceLint.Survey;

/// <summary>
/// Measures what the rules add to a compile. Every project is compiled twice in a row, (a) with an analyzer that does
/// nothing and (b) with that and all rules; which comes first takes turns, so that a busy machine is busy for both. A
/// compile starts with the texts and ends with all diagnostics. It emits nothing, so what is added is a larger part of it
/// than of a build. Loading and jitting the rules, once in the life of a compiler server, happens in the warm-up.
/// </summary>
internal sealed class Cost(TextWriter output, Rules rules, Action<Exception, DiagnosticAnalyzer> failure)
{
    private readonly ImmutableArray<DiagnosticAnalyzer> _idle = [new IdleAnalyzer(rules)];
    private readonly ImmutableArray<DiagnosticAnalyzer> _all = [new IdleAnalyzer(rules), .. rules.Analyzers];
    private readonly List<CompilerInput> _inputs = [];
    private readonly List<Pair> _pairs = [];

    public async Task AddAsync(Solution solution) => _inputs.AddRange(await CompilerInput.ReadAsync(solution));

    public async Task MeasureAsync(int pairs)
    {
        await WarmUpAsync();
        if (_inputs.Count == 0)
            return;

        Print("     pair     CPU (a)     CPU (b)    added    wall (a)    wall (b)    added");
        for (var number = 1; number <= pairs; number++)
        {
            for (var i = 0; i < _inputs.Count; i++)
                _pairs.Add(await PairAsync(number, _inputs[i], idleFirst: (number + i) % 2 == 0));

            var sum = Sums(_ => true)[^1];
            Print($"     {number,4}{sum.Idle.Cpu,10:F2} s{sum.All.Cpu,10:F2} s{sum.AddedCpu,7:+0.00;-0.00} %{sum.Idle.Wall,10:F2} s{sum.All.Wall,10:F2} s{sum.AddedWall,7:+0.00;-0.00} %");
        }

        PrintMedians();
        Print("   median (minimum .. maximum) of what is added to");
        PrintAdded("all projects", _ => true);
        PrintAdded("those with a message library", input => input.HasMessageLibrary);
        PrintAdded("those without, where most rules register nothing", input => !input.HasMessageLibrary);
        await PrintRulesAsync();
    }

    private async Task WarmUpAsync()
    {
        var errors = 0;
        var reports = 0;
        foreach (var input in _inputs)
        {
            await CompileAsync(input, _idle);
            var (_, diagnostics) = await CompileAsync(input, _all);
            errors += diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            reports += diagnostics.Count(diagnostic => rules.Severities.ContainsKey(diagnostic.Id));
        }

        var files = _inputs.SelectMany(input => input.Files).DistinctBy(file => file.Path).ToList();
        Print($"== {_inputs.Count} projects, {files.Count} files, {files.Sum(file => file.Lines)} lines; {errors} compile errors (tolerated)");
        Print($"   {_inputs.Count(input => input.HasMessageLibrary)} projects reference a message library; {reports} diagnostics from {rules.Analyzers.Length} analyzers");
        Print("   (a) an analyzer that does nothing, (b) that and all rules; parsed and bound anew every time, nothing is emitted");
    }

    private async Task<Pair> PairAsync(int number, CompilerInput input, bool idleFirst)
    {
        var (first, _) = await CompileAsync(input, idleFirst ? _idle : _all);
        var (second, _) = await CompileAsync(input, idleFirst ? _all : _idle);
        return idleFirst ? new Pair(number, input, first, second) : new Pair(number, input, second, first);
    }

    private async Task<(Usage Usage, ImmutableArray<Diagnostic> Diagnostics)> CompileAsync(CompilerInput input, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        // What the compile before has read of the references goes with it, once its stack is left.
        await Task.Yield();
        GC.Collect();
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var diagnostics = await Analysis.Start(input.AnalyzerOptions, input.Create(), analyzers, failure, timed: false).GetAllDiagnosticsAsync();
        return (new Usage((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, watch.Elapsed.TotalSeconds), diagnostics);
    }

    /// <summary>
    /// A run of its own, for timing the rules takes time too. The references are read before it, or the rule that is the
    /// first to look for a type would be charged with what the compiler reads anyway.
    /// </summary>
    private async Task PrintRulesAsync()
    {
        var times = new RuleTimes();
        ImmutableArray<DiagnosticAnalyzer> analyzers = [.. _idle, .. rules.Timed(times)];
        foreach (var input in _inputs)
        {
            var compilation = input.Create();
            compilation.GetDiagnostics();
            await Analysis.Start(input.AnalyzerOptions, compilation, analyzers, failure, timed: false).GetAnalysisResultAsync(CancellationToken.None);
        }

        var compile = Median(Sums(_ => true).Select(sum => sum.Idle.Cpu));
        Print("   time in the rules and its share of CPU (a); waiting for a core counts, and binding that the compiler would do anyway");
        foreach (var (rule, time) in times.All.OrderByDescending(rule => rule.Value))
            PrintTime(rule, time.TotalSeconds);
        PrintTime("together", times.All.Sum(rule => rule.Value.TotalSeconds));

        void PrintTime(string name, double time) => Print($"     {time,7:F3} s{100 * time / compile,7:F2} % {name}");
    }

    private void PrintAdded(string title, Func<CompilerInput, bool> isAmong)
    {
        if (Sums(isAmong) is { Count: > 0 } sums)
            Print($"     CPU {Spread(sums.Select(sum => sum.AddedCpu))}, wall {Spread(sums.Select(sum => sum.AddedWall))}: {title} ({Median(sums.Select(sum => sum.Idle.Cpu)):F2} s CPU)");
    }

    /// <summary>A collection of garbage or a neighbour on the machine is in one compile of a project, and not in its median.</summary>
    private void PrintMedians()
    {
        var projects = _pairs.GroupBy(pair => pair.Input, (_, pairs) => (Idle: Median(pairs.Select(pair => pair.Idle.Cpu)), All: Median(pairs.Select(pair => pair.All.Cpu)))).ToList();
        var (idle, all) = (projects.Sum(project => project.Idle), projects.Sum(project => project.All));
        Print($"   medians of each project, added up: CPU (a) {idle:F2} s, (b) {all:F2} s, {100 * (all - idle) / idle:+0.00;-0.00} %");
    }

    private void Print(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }

    private List<Pair> Sums(Func<CompilerInput, bool> isAmong) =>
        [.. _pairs.Where(pair => isAmong(pair.Input)).GroupBy(pair => pair.Number, (_, pairs) => pairs.Aggregate((sum, pair) => sum + pair))];

    private static string Spread(IEnumerable<double> percents) =>
        $"{Median(percents):+0.00;-0.00} % ({percents.Min():+0.00;-0.00} .. {percents.Max():+0.00;-0.00})";

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <param name="Cpu">Seconds of all threads of the process.</param>
    /// <param name="Wall">Seconds that passed.</param>
    private readonly record struct Usage(double Cpu, double Wall)
    {
        public static Usage operator +(Usage left, Usage right) => new(left.Cpu + right.Cpu, left.Wall + right.Wall);
    }

    private sealed record Pair(int Number, CompilerInput Input, Usage Idle, Usage All)
    {
        public double AddedCpu => 100 * (All.Cpu - Idle.Cpu) / Idle.Cpu;

        public double AddedWall => 100 * (All.Wall - Idle.Wall) / Idle.Wall;

        public static Pair operator +(Pair left, Pair right) => left with { Idle = left.Idle + right.Idle, All = left.All + right.All };
    }

    /// <summary>
    /// Stands in for the SDK's analyzers, which run in every build: what the compiler does for any analyzer, such as visiting
    /// all nodes (a tenth of a compile), is not counted as the rules'. It has their ids, so that it is on where they are.
    /// </summary>
#pragma warning disable RS1001 // No compiler is meant to find it.
    private sealed class IdleAnalyzer(Rules rules) : DiagnosticAnalyzer
#pragma warning restore RS1001
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. rules.Analyzers.SelectMany(rule => rule.SupportedDiagnostics)];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterSyntaxNodeAction(_ => { }, SyntaxKind.InvocationExpression);
        }
    }
}
