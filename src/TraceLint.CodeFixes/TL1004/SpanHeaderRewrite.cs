using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>
/// Makes code that writes a header itself write the value of the span or else of the current one, and only if there is a value: an
/// empty header is worse than none.
/// </summary>
internal static class SpanHeaderRewrite
{
    /// <summary>The edit; null when no statement of its own writes the header, or its value is not understood.</summary>
    public static Func<SyntaxNode, SyntaxNode?>? Of(SpanSite site)
    {
        if (site.Node.Parent is not ExpressionStatementSyntax statement)
        {
            return null;
        }

        var reads = ValueOf(site.Node)
            .DescendantNodes(static node => node is not AnonymousFunctionExpressionSyntax)
            .OfType<ConditionalAccessExpressionSyntax>()
            .Where(access => site.IsSpan(access.Expression))
            .ToList();
        if (reads is not [var read]
            || Whole(read) is not { } whole
            || site.Model.GetTypeInfo(read).Type?.SpecialType is not SpecialType.System_String
            || whole.Parent is InterpolationSyntax)
        {
            return null;
        }

        return root => Replace(root, statement, whole, read, site);
    }

    private static SyntaxNode ValueOf(SyntaxNode node)
        => node is AssignmentExpressionSyntax { Right: { Parent: { } } } assignment
            ? assignment
            : ((InvocationExpressionSyntax)node).ArgumentList;

    // The whole value around a read: activity?.Id ?? "", activity?.Id! and the like.
    private static ExpressionSyntax? Whole(ConditionalAccessExpressionSyntax read)
    {
        ExpressionSyntax whole = read;
        while (true)
        {
            switch (whole.Parent)
            {
                case ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax:
                    whole = (ExpressionSyntax)whole.Parent;
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce
                    when coalesce.Left == whole && IsEmpty(coalesce.Right):
                    whole = coalesce;
                    break;
                case BinaryExpressionSyntax
                    or ConditionalExpressionSyntax
                    or MemberAccessExpressionSyntax
                    or ConditionalAccessExpressionSyntax:
                    return null;
                default:
                    return whole;
            }
        }
    }

    private static bool IsEmpty(ExpressionSyntax expression)
        => expression is LiteralExpressionSyntax { Token.ValueText: "" }
            or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" };

    private static SyntaxNode Replace(
        SyntaxNode root, ExpressionStatementSyntax statement, ExpressionSyntax whole, ConditionalAccessExpressionSyntax read, SpanSite site)
    {
        var member = read.WhenNotNull.DescendantNodesAndSelf().OfType<MemberBindingExpressionSyntax>().First().Name.Identifier.ValueText;
        var name = site.Names.ForLocal(
            Scope(statement), statement.SpanStart, member == "Id" ? "traceParent" : char.ToLowerInvariant(member[0]) + member.Substring(1));
        var context = read.ReplaceNode(read.Expression, site.FallbackInParentheses(read.Expression.WithoutTrivia())).WithoutTrivia();
        var written = statement.ReplaceNode(whole, SyntaxFactory.IdentifierName(name).WithTriviaFrom(whole));
        var guarded = SpanBlocks.Guard($"{context} is {Pattern(site.Language)} {name}", [written], SpanBlocks.Above(statement), site);
        return root.ReplaceNode(statement, statement.Parent is IfStatementSyntax ? SpanBlocks.Block([guarded], site) : guarded);
    }

    private static string Pattern(LanguageVersion language) => language >= LanguageVersion.CSharp8 ? "{ }" : "string";

    private static SyntaxNode Scope(StatementSyntax statement)
        => statement.Parent is GlobalStatementSyntax { Parent: { } program } ? program : statement.Parent ?? statement;
}
