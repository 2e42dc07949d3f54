using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Host;

/// <summary>
/// A statement that is still being typed: the parser reports an error in it. An editor asks after every character, and what the
/// statement is going to do is not known yet.
/// </summary>
internal static class UnfinishedStatement
{
    /// <summary>Whether the innermost statement around a node is one; a member without statements counts as a statement.</summary>
    public static bool Contains(SyntaxNode node)
        => node.FirstAncestorOrSelf<SyntaxNode>(static one => one is StatementSyntax or MemberDeclarationSyntax) is { } around
            && around.ContainsDiagnostics
            && around.DescendantTokens(inner => inner == around || inner is not StatementSyntax).Any(HasError);

    // Malformed documentation comments and #warning directives are only warnings.
    private static bool HasError(SyntaxToken token)
        => token.ContainsDiagnostics && token.GetDiagnostics().Any(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
}
