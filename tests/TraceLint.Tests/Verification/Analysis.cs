using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Tests.Catalog;

namespace TraceLint.Tests.Verification;

/// <summary>Runs all rules together over code that need not compile. An exception in a rule is one in the test.</summary>
internal static class Analysis
{
    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees, ImmutableArray<MetadataReference> references)
        => CSharpCompilation.Create(
            "Code", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static Task<ImmutableArray<Diagnostic>> RunAsync(string source)
        => RunAsync(Compile([CSharpSyntaxTree.ParseText(source, path: "Code.cs")], References.Newest));

    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, AnalyzerOptions? settings = null)
    {
        Exception? failure = null;
        var options = new CompilationWithAnalyzersOptions(
            settings ?? new AnalyzerOptions([]), (exception, _, _) => failure ??= exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var diagnostics = await compilation.WithAnalyzers([.. RuleCatalog.Rules], options).GetAnalyzerDiagnosticsAsync();
        return failure is null ? diagnostics : throw new InvalidOperationException("A rule threw.", failure);
    }
}
