using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Rules;

/// <summary>A node that a rule looks at, whichever way it came to it: by a node action, or by the index of calls.</summary>
internal readonly struct NodeContext
{
    private readonly ISymbol? _containingSymbol;

    /// <summary>A node of a file.</summary>
    public NodeContext(SyntaxNode node, SemanticModelAnalysisContext file)
        => (Node, SemanticModel, Options, ReportDiagnostic, CancellationToken) = (node, file.SemanticModel, file.Options, file.ReportDiagnostic, file.CancellationToken);

    private NodeContext(SyntaxNodeAnalysisContext node)
        => (Node, SemanticModel, Options, ReportDiagnostic, CancellationToken, _containingSymbol)
            = (node.Node, node.SemanticModel, node.Options, node.ReportDiagnostic, node.CancellationToken, node.ContainingSymbol);

    public static implicit operator NodeContext(SyntaxNodeAnalysisContext node) => new(node);

    public SyntaxNode Node { get; }

    public SemanticModel SemanticModel { get; }

    public AnalyzerOptions Options { get; }

    public Action<Diagnostic> ReportDiagnostic { get; }

    public CancellationToken CancellationToken { get; }

    public Compilation Compilation => SemanticModel.Compilation;

    /// <summary>The member around the node, or the type; not the lambda or the local function.</summary>
    public ISymbol? ContainingSymbol
    {
        get
        {
            var symbol = _containingSymbol ?? SemanticModel.GetEnclosingSymbol(Node.SpanStart, CancellationToken);
            while (symbol is IMethodSymbol { MethodKind: MethodKind.LambdaMethod or MethodKind.LocalFunction })
            {
                symbol = symbol.ContainingSymbol;
            }

            return symbol;
        }
    }
}
