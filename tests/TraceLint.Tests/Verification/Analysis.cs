using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Host;
using TraceLint.Rules;

namespace TraceLint.Tests.Verification;

/// <summary>Runs all rules together over code that need not compile. An exception in a rule is one in the test.</summary>
internal static class Analysis
{
    private static readonly ConcurrentDictionary<ImmutableArray<MetadataReference>, CSharpCompilation> s_empty = new(new SameReferences());

    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees, ImmutableArray<MetadataReference> references) => Empty(references).AddSyntaxTrees(trees);

    /// <summary>
    /// A compilation of nothing, which stays. The compiler shares what it has read of a library among all compilations that reference it,
    /// also those of the test library's workspaces, as long as there is one: reading two hundred of them anew would be most of a test.
    /// </summary>
    public static CSharpCompilation Empty(ImmutableArray<MetadataReference> references) => s_empty.GetOrAdd(references, static references =>
    {
        var empty = CSharpCompilation.Create(
            "Code", [], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return empty.GlobalNamespace is null ? throw new InvalidOperationException("The references cannot be read.") : empty;
    });

    public static Task<ImmutableArray<Diagnostic>> RunAsync(string source)
        => RunAsync(Compile([CSharpSyntaxTree.ParseText(source, path: "Code.cs")], References.Newest));

    public static Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, AnalyzerOptions? settings = null)
        => RunAsync(compilation, settings, AllRules.Create());

    /// <summary>Runs some of the rules.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, AnalyzerOptions? settings, params ImmutableArray<Rule> rules)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            TestSnippets.TakeAndLeave(tree.ToString(), new Setup([.. compilation.References]));
        }

        Exception? failure = null;
        var options = new CompilationWithAnalyzersOptions(
            settings ?? new AnalyzerOptions([]), (exception, _, _) => failure ??= exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var diagnostics = await compilation.WithAnalyzers([new TraceLintAnalyzer(rules)], options).GetAnalyzerDiagnosticsAsync();
        if (failure is not null)
        {
            throw new RuleException(failure.ToString());
        }

        var caught = diagnostics.FirstOrDefault(static diagnostic => diagnostic.Id == TL9002_RuleFailed.Descriptor.Id);
        return caught is null ? diagnostics : throw new RuleException(caught.Properties[TL9002_RuleFailed.ExceptionProperty]);
    }

    private sealed class SameReferences : IEqualityComparer<ImmutableArray<MetadataReference>>
    {
        public bool Equals(ImmutableArray<MetadataReference> x, ImmutableArray<MetadataReference> y) => x.SequenceEqual(y);

        public int GetHashCode(ImmutableArray<MetadataReference> references)
        {
            var hash = new HashCode();
            foreach (var reference in references)
            {
                hash.Add(reference);
            }

            return hash.ToHashCode();
        }
    }
}

/// <summary>A rule threw.</summary>
internal sealed class RuleException(string? exception) : Exception("A rule threw: " + exception);
