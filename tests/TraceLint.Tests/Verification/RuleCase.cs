using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Rules;

namespace TraceLint.Tests.Verification;

/// <summary>
/// Checks one case of a rule as the test library does, at a fraction of its cost: the code compiles, and the rule reports what is marked and
/// nothing else.
/// </summary>
internal static class RuleCase
{
    /// <summary>What the file with a snippet's code is called.</summary>
    public const string FirstFile = "/0/Test0.cs";

    public static async Task VerifyAsync(Rule rule, string source, Setup setup)
    {
        var files = new[] { (FirstFile, source) }.Concat(setup.MoreFiles).Select(static file => new MarkedFile(file.Item1, file.Item2)).ToList();
        var declarations = new MarkedFile("/TraceLint.Test.txt", setup.Declarations);
        var compilation = Compile(files, setup);
        if (!setup.Broken)
        {
            var errors = compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
            Assert.True(errors.Count == 0, $"The code does not compile:\n{string.Join('\n', errors)}\n\n{files[0].Text}");
        }

        var settings = setup.Declarations.Length == 0 ? null : UserSettings.Of("", (declarations.Path, declarations.Text));
        var reported = (await Analysis.RunAsync(compilation, settings, rule)).Select(Place.Of);
        var marked = files.Append(declarations).SelectMany(static file => file.Marks.Select(span => new Place(file.Path, span, "")));
        var (expected, actual) = (marked.Order().ToList(), reported.Order().ToList());
        Assert.True(
            expected.SequenceEqual(actual.Select(static place => place with { Message = "" })),
            $"Expected:\n{string.Join('\n', expected)}\nReported:\n{string.Join('\n', actual)}\n\n{source}");
    }

    /// <summary>Compiles a snippet, without markup, as <see cref="Verify{TRule}"/> does.</summary>
    public static CSharpCompilation Compile(Snippet snippet)
        => Compile(new[] { (FirstFile, snippet.Source) }.Concat(snippet.Setup.MoreFiles).Select(static file => new MarkedFile(file.Item1, file.Item2)), snippet.Setup);

    private static CSharpCompilation Compile(IEnumerable<MarkedFile> files, Setup setup)
    {
        var empty = Analysis.Empty(setup.References);
        var parse = new CSharpParseOptions(setup.Language, DocumentationMode.Diagnose);
        return empty
            .WithAssemblyName(setup.Assembly)
            .WithOptions(empty.Options
                .WithOutputKind(setup.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
                .WithNullableContextOptions(setup.Nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable)
                .WithAllowUnsafe(true))
            .AddSyntaxTrees(files.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text), parse, file.Path)));
    }

    private sealed class MarkedFile
    {
        public MarkedFile(string path, string text)
        {
            Path = path;
            TestFileMarkupParser.GetSpans(text, out var unmarked, out ImmutableArray<TextSpan> marks);
            (Text, Marks) = (unmarked, marks);
        }

        public string Path { get; }

        public string Text { get; }

        public ImmutableArray<TextSpan> Marks { get; }
    }

    private readonly record struct Place(string Path, TextSpan Span, string Message) : IComparable<Place>
    {
        public static Place Of(Diagnostic diagnostic)
        {
            var path = diagnostic.Location.IsInSource ? diagnostic.Location.SourceTree.FilePath : diagnostic.Location.GetLineSpan().Path;
            return new Place(path ?? "", diagnostic.Location.SourceSpan, diagnostic.ToString());
        }

        public int CompareTo(Place other)
            => string.CompareOrdinal(Path, other.Path) is var order and not 0 ? order : Span.CompareTo(other.Span);
    }
}
