using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Spans;

/// <summary>
/// Code that stops, or takes over, whatever span is current. Where there is some, a span that nothing holds may be stopped
/// by it: started in one event handler, stopped in another.
/// </summary>
internal sealed class AmbientStops(Compilation compilation)
{
    private const int Unknown = 0;
    private const int Absent = 1;
    private const int Present = 2;
    private volatile int _found;

    /// <summary>Whether the project has any; looked for once, by the text of its files first.</summary>
    public bool Exist(CancellationToken cancellation)
    {
        if (_found == Unknown)
        {
            _found = Search(cancellation) ? Present : Absent;
        }

        return _found == Present;
    }

    private bool Search(CancellationToken cancellation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            if (tree.GetText(cancellation).ToString().Contains("Activity.Current") && HasAny(tree.GetRoot(cancellation)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAny(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            if (node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Current", Expression: var type } current && LastName(type) == "Activity"
                && (IsStopped(current) || IsAssigned(current) || (HolderOf(current) is { } name && IsStopped(name, current))))
            {
                return true;
            }
        }

        return false;
    }

    private static string? LastName(ExpressionSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Name: var name } => name.Identifier.ValueText,
        AliasQualifiedNameSyntax { Name: var name } => name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsAssigned(SyntaxNode current)
        => current.Parent is AssignmentExpressionSyntax { Left: var target, Right.RawKind: not (int)SyntaxKind.NullLiteralExpression } && target == current;

    // Activity.Current.Stop(), Activity.Current?.Dispose(), using (Activity.Current), and what hands it to other code.
    private static bool IsStopped(SyntaxNode span)
    {
        while (span.Parent is PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            span = span.Parent;
        }

        return span.Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Stop" or "Dispose" } => true,
            ConditionalAccessExpressionSyntax { WhenNotNull: var then } access when access.Expression == span
                => then.DescendantNodesAndSelf().Any(static node => node is MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Stop" or "Dispose" }),
            UsingStatementSyntax => true,
            EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Parent: UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } } } => true,
            _ => false,
        };
    }

    private static string? HolderOf(SyntaxNode current)
    {
        while (current.Parent is PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            current = current.Parent;
        }

        return current.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var name } } => name,
            IsPatternExpressionSyntax { Pattern: var pattern } => pattern.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().FirstOrDefault()?.Identifier.ValueText,
            _ => null,
        };
    }

    private static bool IsStopped(string name, SyntaxNode current)
    {
        var member = current.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member is not null && member.DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var found } && found == name && IsStopped(node));
    }
}
