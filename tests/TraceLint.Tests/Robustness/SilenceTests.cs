using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Tests.Verification;
using Xunit.Abstractions;

namespace TraceLint.Tests.Robustness;

/// <summary>
/// Nothing turns a rule off that has nothing to do with the code it is about. One fix removes its own diagnostic, and none outside
/// the lines it changes; a file that is added to a project removes none at all.
/// </summary>
public class SilenceTests(ITestOutputHelper output)
{
    // Every so many programs of the tests, where not all are looked at.
    private const int Step = 40;

    private static readonly ConcurrentDictionary<string, IReadOnlyList<(string Name, string Source)>> s_understood = new(StringComparer.Ordinal);

    /// <summary>Programs in which two diagnostics are about one thing that the fix changes, and why both may go.</summary>
    private static readonly Dictionary<string, string> s_fixedTogether = new(StringComparer.Ordinal)
    {
        ["TL1004_InjectCurrentContextTests.WholeFile"] = "Two headers are written under one guard, which falls back to the current span.",
        ["TL1005_ReplaceTraceHeaderTests.MethodThatServesSeveral_IsFixedOnce"] = "Both injections use the setter that is changed.",
        ["TL2004_AskForTraceAttributesTests.NoInitializer_SeveralReceives"] = "Both receives send the request that is changed.",
        ["TL2009_TakeLastHeaderTests.MethodThatServesSeveral_IsFixedOnce"] = "Both extractions use the getter that is changed.",
        ["TL3007_CarryContextInItemTests.TwoWriters_OneOfWhichIsHandedTheItem"] = "Both write an item of the type that gets the context.",
        ["TL5002_MoveTagToSpanTests.TagListThatServesTwo"] = "Both measurements use the list that loses the tag.",
    };

    /// <summary>
    /// What may go when a file is added. A project that injects into an envelope of its own is silent about bodies that come from
    /// elsewhere as bytes or text: any of them may be that envelope, serialized.
    /// </summary>
    private static bool MayGo(string file, Diagnostic diagnostic)
        => file == "InjectsIntoAnEnvelope.cs" && diagnostic.Id is "TL1001" or "TL1002" or "TL1003" && s_body.IsMatch(CodeAround(diagnostic));

    private static readonly Regex s_body = new(@"\b(body|data|json|bytes|payload|message|text|value)\b", RegexOptions.IgnoreCase);

    private static string CodeAround(Diagnostic diagnostic)
        => diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>()!.ToString();

    [Fact]
    public Task Fix_OfASample_RemovesItsOwnDiagnosticOnly() => FixAsync(Samples());

    [Fact]
    public Task Fix_RemovesItsOwnDiagnosticOnly() => FixAsync(Some(Fixed()));

    [Fact]
    [Trait("Tier", "Newest")]
    public Task Fix_OfAnyProgram_RemovesItsOwnDiagnosticOnly() => FixAsync(Fixed());

    [Fact]
    public Task File_AddedToASample_RemovesNoDiagnostic() => AddAsync(Samples());

    [Fact]
    public Task File_RemovesNoDiagnostic() => AddAsync(Some(Reported()));

    [Fact]
    [Trait("Tier", "Newest")]
    public Task File_AddedToAnyProgram_RemovesNoDiagnostic() => AddAsync(Reported());

    private static IEnumerable<(string Name, Project Project)> Reported()
        => TestSnippets.All.Where(static snippet => !snippet.Reported.IsEmpty && !snippet.Setup.Broken).Select(static snippet => (snippet.Name, Workspaces.ProjectOf(snippet)));

    private static IEnumerable<(string Name, Project Project)> Fixed()
        => TestSnippets.All.Where(static snippet => !snippet.Reported.IsEmpty && !snippet.Setup.Broken && snippet.Fix is not null).Select(static snippet => (snippet.Name, Workspaces.ProjectOf(snippet)));

    private static IEnumerable<T> Some<T>(IEnumerable<T> all) => all.Where(static (_, index) => index % Step == 0);

    private static IEnumerable<(string Name, Project Project)> Samples()
    {
        foreach (var folder in Directory.EnumerateDirectories(Repo.File("tests", "Samples", "OrderFlow")).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            // Those of the library that all of them reference, too.
            var files = new[] { name, "OrderFlow.Messaging" }.Distinct().SelectMany(static project => Repo.Sources("tests", "Samples", "OrderFlow", project)).Select(static path => (Path.GetFileName(path), File.ReadAllText(path)))
                .Append(("Usings.cs", Usings)).ToList();
            yield return (name, Workspaces.Project(files, [.. References.Newest, .. References.AspNetCore], Setup.OpenTelemetry with { IsProgram = name.EndsWith("Api", StringComparison.Ordinal) }));
        }
    }

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private async Task FixAsync(IEnumerable<(string Name, Project Project)> programs)
    {
        var failures = new ConcurrentBag<string>();
        var (applied, compared, count) = (0, 0, 0);
        await Parallel.ForEachAsync(programs, async (program, _) =>
        {
            Interlocked.Increment(ref count);
            var before = await Workspaces.DiagnosticsOf(program.Project);
            foreach (var diagnostic in before)
            {
                if (await Workspaces.FixAsync(program.Project, diagnostic) is not { } rewritten)
                {
                    continue;
                }

                Interlocked.Increment(ref applied);
                var after = await Workspaces.DiagnosticsOf(rewritten);
                var changes = await ChangesOf(program.Project, rewritten);
                if (after.Count(other => other.Id == diagnostic.Id) >= before.Count(known => known.Id == diagnostic.Id))
                {
                    failures.Add($"{program.Name}: the fix leaves {Line(diagnostic)}");
                }

                foreach (var other in s_fixedTogether.ContainsKey(program.Name) ? [] : before)
                {
                    if (other != diagnostic && !IsChanged(other, changes))
                    {
                        Interlocked.Increment(ref compared);
                        if (!after.Any(kept => IsSame(other, kept, changes)))
                        {
                            failures.Add($"{program.Name}: the fix for {Line(diagnostic)} removes {Line(other)}");
                        }
                    }
                }
            }
        });
        Report($"{count} programs, {applied} fixes applied, {compared} other diagnostics compared", failures);
        Assert.True(applied > 0);
    }

    private async Task AddAsync(IEnumerable<(string Name, Project Project)> programs)
    {
        var failures = new ConcurrentBag<string>();
        var (added, compared, count) = (0, 0, 0);
        await Parallel.ForEachAsync(programs, async (program, _) =>
        {
            Interlocked.Increment(ref count);
            var before = await Workspaces.DiagnosticsOf(program.Project);
            var files = await Understood(program.Project);
            Interlocked.Add(ref added, files.Count);
            Interlocked.Add(ref compared, before.Length);
            var lost = await Lost(program.Project, files, before);
            foreach (var file in lost.IsEmpty ? [] : files)
            {
                foreach (var diagnostic in await Lost(program.Project, [file], before))
                {
                    if (!MayGo(file.Name, diagnostic))
                    {
                        failures.Add($"{program.Name}: {file.Name} removes {Line(diagnostic)}");
                    }
                }
            }
        });
        Report($"{count} programs, {added} files added, {compared} diagnostics compared", failures);
        Assert.True(compared > 0);
    }

    private void Report(string counts, IEnumerable<string> failures)
    {
        output.WriteLine(counts);
        var lines = failures.Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{counts}\n{string.Join('\n', lines)}");
    }

    // The files that the project's own libraries are enough for.
    private static async Task<IReadOnlyList<(string Name, string Source)>> Understood(Project project)
    {
        var key = string.Join('|', project.MetadataReferences.Select(static reference => reference.Display).Append(((CSharpParseOptions)project.ParseOptions!).LanguageVersion.ToString()));
        if (s_understood.TryGetValue(key, out var known))
        {
            return known;
        }

        var understood = new List<(string Name, string Source)>();
        foreach (var file in UnrelatedFiles.All)
        {
            var alone = Add(project.RemoveDocuments([.. project.DocumentIds]), [file]).WithCompilationOptions(project.CompilationOptions!.WithOutputKind(OutputKind.DynamicallyLinkedLibrary));
            if ((await alone.GetCompilationAsync())!.GetDiagnostics().All(static diagnostic => diagnostic.Severity is not DiagnosticSeverity.Error))
            {
                understood.Add(file);
            }
        }

        s_understood[key] = understood;
        return understood;
    }

    private static async Task<ImmutableArray<Diagnostic>> Lost(Project project, IReadOnlyList<(string Name, string Source)> files, ImmutableArray<Diagnostic> before)
    {
        var after = await Workspaces.DiagnosticsOf(Add(project, files));
        return before.RemoveAll(diagnostic => after.Any(kept => IsSame(diagnostic, kept, ImmutableDictionary<string, IReadOnlyList<TextChange>>.Empty)));
    }

    private static Project Add(Project project, IEnumerable<(string Name, string Source)> files)
        => files.Aggregate(project, static (project, file) => project.AddDocument(file.Name, file.Source, filePath: "/Unrelated/" + file.Name).Project);

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<TextChange>>> ChangesOf(Project before, Project after)
    {
        var changes = new Dictionary<string, IReadOnlyList<TextChange>>(StringComparer.Ordinal);
        foreach (var id in after.GetChanges(before).GetChangedDocuments())
        {
            var document = after.GetDocument(id)!;
            changes[document.FilePath!] = [.. (await document.GetTextChangesAsync(before.GetDocument(id)!)).OrderBy(static change => change.Span.Start)];
        }

        return changes;
    }

    // On the lines that the fix changed, or next to what it inserted.
    private static bool IsChanged(Diagnostic diagnostic, IReadOnlyDictionary<string, IReadOnlyList<TextChange>> changes)
    {
        if (!changes.TryGetValue(diagnostic.Location.SourceTree?.FilePath ?? "", out var ofFile))
        {
            return false;
        }

        var text = diagnostic.Location.SourceTree!.GetText();
        var lines = diagnostic.Location.GetLineSpan();
        return ofFile.Any(change => text.Lines.GetLineFromPosition(change.Span.Start).LineNumber <= lines.EndLinePosition.Line
            && text.Lines.GetLineFromPosition(change.Span.End).LineNumber >= lines.StartLinePosition.Line);
    }

    // The same rule at the same place, wherever that is after the edit.
    private static bool IsSame(Diagnostic before, Diagnostic after, IReadOnlyDictionary<string, IReadOnlyList<TextChange>> changes)
    {
        var path = before.Location.SourceTree?.FilePath ?? before.Location.GetLineSpan().Path;
        if (before.Id != after.Id || path != (after.Location.SourceTree?.FilePath ?? after.Location.GetLineSpan().Path))
        {
            return false;
        }

        var start = before.Location.SourceSpan.Start;
        var moved = changes.TryGetValue(path ?? "", out var ofFile)
            ? ofFile.Where(change => change.Span.End <= start).Sum(static change => change.NewText!.Length - change.Span.Length)
            : 0;
        return after.Location.SourceSpan.Start == start + moved;
    }

    private static string Line(Diagnostic diagnostic)
        => $"{diagnostic.Id} in line {diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}, {diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim()}";
}
