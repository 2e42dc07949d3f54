using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>A file that one rule analyzes.</summary>
/// <param name="file">The context that the compiler provides.</param>
/// <param name="filterSpan">The part of the file to analyze; null for all of it.</param>
/// <param name="report">Takes a diagnostic and the node that it is about; null for a diagnostic that is not about code.</param>
internal sealed class FileContext(SemanticModelAnalysisContext file, TextSpan? filterSpan, Action<SyntaxNode?, Diagnostic> report)
{
    public SemanticModel SemanticModel => file.SemanticModel;

    public SyntaxTree Tree => file.SemanticModel.SyntaxTree;

    public AnalyzerOptions Options => file.Options;

    public CancellationToken CancellationToken => file.CancellationToken;

    /// <summary>The part of the file to analyze; null for all of it.</summary>
    public TextSpan? FilterSpan => filterSpan;

    /// <summary>The positions of calls, object creations and the like in the file.</summary>
    public FileIndex Index => FileIndex.Of(Tree, CancellationToken);

    /// <summary>Reports a diagnostic.</summary>
    /// <param name="about">The code that it is about, which decides whether the host reports it; null for a setting.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    public void Report(SyntaxNode? about, Diagnostic diagnostic) => report(about, diagnostic);
}
