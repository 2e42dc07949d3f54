using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>A file that one rule looks at.</summary>
/// <param name="file">What the compiler says about it.</param>
/// <param name="report">Takes a diagnostic and the node that it is about; null for a diagnostic about no code.</param>
internal sealed class FileContext(SemanticModelAnalysisContext file, Action<SyntaxNode?, Diagnostic> report)
{
    public SemanticModel SemanticModel => file.SemanticModel;

    public SyntaxTree Tree => file.SemanticModel.SyntaxTree;

    public AnalyzerOptions Options => file.Options;

    public CancellationToken CancellationToken => file.CancellationToken;

    /// <summary>The part of the file that is asked about; null for all of it.</summary>
    public TextSpan? FilterSpan => file.FilterSpan;

    /// <summary>Where calls, creations and the like are in the file.</summary>
    public FileIndex Index => FileIndex.Of(Tree, CancellationToken);

    /// <summary>Reports a diagnostic.</summary>
    /// <param name="about">The code that it is about, which decides whether the host lets it through; null for a setting.</param>
    public void Report(SyntaxNode? about, Diagnostic diagnostic) => report(about, diagnostic);
}
