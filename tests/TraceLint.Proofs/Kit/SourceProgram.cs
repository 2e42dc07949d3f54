using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Host;

namespace TraceLint.Proofs.Kit;

/// <summary>The source of a program: what the rules say of it, what their fixes make of it, and what it compiles to.</summary>
internal sealed class SourceProgram
{
    private const int MostFixes = 20;

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_rules = [new TraceLintAnalyzer()];

    private static readonly ImmutableArray<CodeFixProvider> s_fixes = Instances<CodeFixProvider>(typeof(TraceCodeFix));

    private readonly Document _document;
    private Task<ImmutableArray<Diagnostic>>? _diagnostics;

    /// <param name="text">One file.</param>
    /// <param name="dialect">OpenTelemetry.Api is referenced, or is not.</param>
    /// <param name="language">The version of C#.</param>
    /// <param name="declarations">What the project declares.</param>
    /// <param name="enabled">The rule that is on even if it is off by default.</param>
    public SourceProgram(string text, Dialect dialect, LanguageVersion language, string declarations, string? enabled = null)
    {
        var project = ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Service", "Service", LanguageNames.CSharp,
            metadataReferences: References.Of(dialect),
            parseOptions: new CSharpParseOptions(language),
            compilationOptions: new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                // The SDK suppresses it, too: a library was built against an older .NET.
                specificDiagnosticOptions:
                [
                    KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress),
                    .. enabled is null ? [] : new[] { KeyValuePair.Create(enabled, ReportDiagnostic.Info) },
                ],
                nullableContextOptions: language >= LanguageVersion.CSharp8 ? NullableContextOptions.Enable : NullableContextOptions.Disable));
        _document = new AdhocWorkspace().AddProject(project).AddAdditionalDocument("TraceLint.Service.txt", SourceText.From(declarations)).Project.AddDocument("Service.cs", SourceText.From(text));
        Text = text;
    }

    private SourceProgram(Document document, string text)
    {
        _document = document;
        Text = text;
    }

    /// <summary>The rules whose diagnostics can be fixed.</summary>
    public static IEnumerable<string> FixableRules => s_fixes.SelectMany(static fix => fix.FixableDiagnosticIds).Order(StringComparer.Ordinal);

    public string Text { get; }

    /// <summary>What all rules together say.</summary>
    public Task<ImmutableArray<Diagnostic>> AnalyzeAsync() => _diagnostics ??= DiagnosticsAsync();

    /// <summary>
    /// Does what a user does who picks the first action that is offered, until the rule is content or nothing is offered
    /// any more.
    /// </summary>
    public async Task<SourceProgram> FixAsync(string rule)
    {
        var program = this;
        for (var i = 0; i < MostFixes; i++)
        {
            if (await program.NextFixAsync(rule) is not { } next)
            {
                return program;
            }

            program = next;
        }

        throw new InvalidOperationException($"The fix for {rule} does not come to an end:\n{program.Text}");
    }

    /// <summary>The ids of what the compiler warns of.</summary>
    public async Task<IEnumerable<string>> WarningsAsync()
        => (await _document.Project.GetCompilationAsync())!.GetDiagnostics().Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Warning).Select(static diagnostic => diagnostic.Id);

    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public async Task<byte[]> CompileAsync()
    {
        using var image = new MemoryStream();
        var result = (await _document.Project.GetCompilationAsync())!.Emit(image);
        return result.Success
            ? image.ToArray()
            : throw new InvalidOperationException($"{string.Join('\n', result.Diagnostics.Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error))}\n\n{Text}");
    }

    private async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync()
    {
        Exception? failure = null;
        var options = new CompilationWithAnalyzersOptions(
            _document.Project.AnalyzerOptions, (exception, _, _) => failure ??= exception, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var compilation = (await _document.Project.GetCompilationAsync())!;
        var diagnostics = await compilation.WithAnalyzers(s_rules, options).GetAnalyzerDiagnosticsAsync();
        return failure is null ? diagnostics : throw new InvalidOperationException("A rule threw.", failure);
    }

    private async Task<SourceProgram?> NextFixAsync(string rule)
    {
        var fix = s_fixes.Single(fix => fix.FixableDiagnosticIds.Contains(rule));
        foreach (var diagnostic in (await AnalyzeAsync()).Where(diagnostic => diagnostic.Id == rule).OrderBy(static diagnostic => diagnostic.Location.SourceSpan))
        {
            CodeAction? first = null;
            await fix.RegisterCodeFixesAsync(new CodeFixContext(_document, diagnostic, (action, _) => first ??= action, CancellationToken.None));
            if (first is not null)
            {
                var change = (await first.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
                var rewritten = change.ChangedSolution.GetDocument(_document.Id)!;
                return new SourceProgram(rewritten, (await rewritten.GetTextAsync()).ToString());
            }
        }

        return null;
    }

    private static ImmutableArray<T> Instances<T>(Type member)
        => [.. member.Assembly.GetTypes().Where(static type => !type.IsAbstract && type.IsAssignableTo(typeof(T))).Select(static type => (T)Activator.CreateInstance(type)!)];
}
