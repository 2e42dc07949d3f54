using Microsoft.CodeAnalysis;

namespace TraceLint.Rules;

/// <summary>A node that a rule analyzes.</summary>
internal readonly struct NodeContext(SyntaxNode node, FileContext file)
{
    public SyntaxNode Node => node;

    public SemanticModel SemanticModel => file.SemanticModel;

    public CancellationToken CancellationToken => file.CancellationToken;

    /// <summary>Reports a diagnostic about the node. The host drops it when the node is in code that no rule reports.</summary>
    public void ReportDiagnostic(Diagnostic diagnostic) => file.Report(node, diagnostic);
}
