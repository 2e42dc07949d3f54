using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>The span that a framework has started for the request that a method handles.</summary>
internal static class RequestSpan
{
    /// <summary>Whether work that a method starts outlives the request: it uses nothing of it, not even its cancellation token.</summary>
    /// <param name="start">The code that starts the work.</param>
    public static bool IsLeftBehind(SyntaxNode start, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var ancestor in start.Ancestors())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax:
                    return false;
                case MethodDeclarationSyntax method:
                    return model.GetDeclaredSymbol(method, cancellation) is IMethodSymbol symbol && RequestHandlers.Contains(symbol)
                        && !FlowSuppression.MayPrecede(start) && !UsesParameter(start, symbol, model, cancellation);
            }
        }

        return false;
    }

    private static bool UsesParameter(SyntaxNode start, IMethodSymbol method, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var name in start.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText is "HttpContext" or "RequestAborted" or "Request"
                || (model.GetSymbolInfo(name, cancellation).Symbol is IParameterSymbol { ContainingSymbol: var owner }
                    && SymbolEqualityComparer.Default.Equals(owner, method)))
            {
                return true;
            }
        }

        return false;
    }
}
