using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>
/// Moves the injection out of a guard, so that it always runs, with the span or else the current one; the other statements stay behind
/// the guard. Where an injection needs a span that is not null, the guard tests for the span or the current one.
/// </summary>
internal sealed class SpanGuardRewrite(SpanSite site, SpanGuard guard, SpanGuardParts parts)
{
    /// <summary>The edit; null when there is no correct one.</summary>
    public static Func<SyntaxNode, SyntaxNode?>? Of(SpanSite site)
    {
        if (SpanGuard.Of(site) is not { Test.Span: IdentifierNameSyntax } guard)
        {
            return OfContextPattern(site);
        }

        return SpanGuardParts.Of(guard, site) is { } parts && new SpanGuardRewrite(site, guard, parts).Edit() is { } edit ? edit : null;
    }

    private Func<SyntaxNode, SyntaxNode?>? Edit()
    {
        var standsAlone = SpanGuard.SiblingsOf(guard.If).Count == 0;
        if (parts.Kept.Count == 0 && guard is { Place: SpanGuardPlace.Then, If.Else: null })
        {
            return Freed() is { } freed && (guard.Others.Count > 0 || (!standsAlone && !HasComments()))
                ? root => Replace(root, freed)
                : InPlace();
        }

        if (standsAlone
            || guard.Others.Any(static other => other.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any())
            || guard.Others.Any(other => SpanGuardParts.Mentions(other, guard, site).Any()))
        {
            return null;
        }

        // The moved statements follow the guard if the kept statements before them may matter; else they come first, so that no jump skips
        // them.
        var isTagging = parts.KeptBefore.All(statement => SpanReads.IsTagging(statement, expression => site.IsSpan(expression)));
        var canFollow = guard is { Place: SpanGuardPlace.Then, If.Else: null } && !parts.Kept.Any(SpanGuard.MayExit)
            && parts.KeptAfter.All(statement => SpanReads.IsTagging(statement, expression => site.IsSpan(expression)));
        if (parts.KeptBefore.Count > 0 && canFollow)
        {
            return root => Rebuild(root, follows: true);
        }

        return isTagging ? root => Rebuild(root, follows: false) : null;
    }

    // if (activity?.Context is { } context): the statements behind the guard use only the context.
    private static Func<SyntaxNode, SyntaxNode?>? OfContextPattern(SpanSite site)
    {
        if (site.Lost.Guard?.FirstAncestorOrSelf<IfStatementSyntax>() is not { } statement
            || !statement.Statement.Span.Contains(site.Node.Span))
        {
            return null;
        }

        var matches = statement.Condition.DescendantNodesAndSelf().OfType<IsPatternExpressionSyntax>();
        var match = matches.FirstOrDefault(match => site.IsSpan(OwnerOf(match.Expression)) || site.IsSpan(match.Expression));
        if (match is null
            || OwnerOf(match.Expression) is not IdentifierNameSyntax span
            || site.SymbolOf(span) is not { } variable
            || SpanReads.Of(variable, statement, site.Model).Any(name => name != span))
        {
            return null;
        }

        return root => root.ReplaceNode(span, site.FallbackInParentheses(span));
    }

    private static ExpressionSyntax OwnerOf(ExpressionSyntax expression)
        => expression is ConditionalAccessExpressionSyntax access ? access.Expression : expression;

    // The statements rewritten to run without the guard; null when one of them needs a span that is not null.
    private List<StatementSyntax>? Freed()
    {
        var freed = new List<StatementSyntax>();
        foreach (var statement in parts.Moved)
        {
            if (statement is not ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }
                || site.InjectionAt(call) is not { IsHeader: false })
            {
                if (SpanGuardParts.Mentions(statement, guard, site).Any() || statement is LocalDeclarationStatementSyntax)
                {
                    return null;
                }

                freed.Add(statement);
                continue;
            }

            if (Free(call) is not { } value)
            {
                return null;
            }

            freed.Add(statement.ReplaceNode(value.Old, value.New));
        }

        return freed;
    }

    private (SyntaxNode Old, SyntaxNode New)? Free(InvocationExpressionSyntax call)
    {
        var names = SpanGuardParts.Mentions(call, guard, site).ToList();
        var first = site.CallOf(call)?.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0);
        if (names is not [var name] || first?.Value.Syntax is not { } value || !value.Span.Contains(name.Span))
        {
            return null;
        }

        ExpressionSyntax expression = name.Parent is PostfixUnaryExpressionSyntax suppressed ? suppressed : name;
        return expression.Parent switch
        {
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax } => (expression, site.Fallback(Span).WithTriviaFrom(expression)),
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Context", Parent: ArgumentSyntax } access
                => (access, ContextOrDefault().WithTriviaFrom(access)),
            ConditionalAccessExpressionSyntax access when access.Expression == expression
                => (expression, site.FallbackInParentheses(Span).WithTriviaFrom(expression)),
            _ => null,
        };
    }

    private ExpressionSyntax ContextOrDefault()
        => SyntaxFactory.ParseExpression($"{site.FallbackInParentheses(Span)}?.Context ?? default");

    private ExpressionSyntax Span => guard.Test.Span.WithoutTrivia();

    // Makes the guard test for the span or else the current one.
    private Func<SyntaxNode, SyntaxNode?> InPlace()
    {
        if (guard.Test.Declared is not null)
        {
            return root => root.ReplaceNode(guard.Test.Span, site.FallbackInParentheses(guard.Test.Span));
        }

        var (condition, current) = Either();
        var replacements = guard.Others.Append<SyntaxNode>(guard.If.Statement)
            .SelectMany(part => SpanGuardParts.Mentions(part, guard, site))
            .ToDictionary(static name => (SyntaxNode)name, _ => current);
        return root => root.ReplaceNodes(
            replacements.Keys.Append<SyntaxNode>(guard.Test.Condition),
            (original, _) => original == guard.Test.Condition
                ? SyntaxFactory.ParseExpression(condition).WithTriviaFrom(original)
                : SyntaxFactory.IdentifierName(replacements[original]).WithTriviaFrom(original));
    }

    private (string Condition, string Name) Either()
    {
        var scope = guard.If.Parent is GlobalStatementSyntax { Parent: { } program } ? program : guard.If.Parent!;
        var name = site.Names.ForLocal(scope, guard.If.SpanStart, "current", "currentActivity");
        return ($"{site.FallbackInParentheses(Span)} is {(site.Language >= LanguageVersion.CSharp8 ? "{ }" : site.SpanType)} {name}", name);
    }

    // Replaces the guard by the statements, behind its other conditions if there are any.
    private SyntaxNode Replace(SyntaxNode root, IReadOnlyList<StatementSyntax> freed)
    {
        if (guard.Others.Count > 0)
        {
            var others = string.Join(" && ", guard.Others.Select(static other => other.WithoutTrivia().ToString()));
            return root.ReplaceNode(guard.If, guard.If.WithCondition(SyntaxFactory.ParseExpression(others)).WithStatement(Body(freed)));
        }

        return root.ReplaceNode(guard.If, Placed(freed, SpanBlocks.Above(guard.If)));
    }

    private StatementSyntax Body(IReadOnlyList<StatementSyntax> freed)
        => guard.If.Statement is BlockSyntax block ? block.WithStatements(SyntaxFactory.List(freed)) : freed[0];

    private IEnumerable<StatementSyntax> Placed(IReadOnlyList<StatementSyntax> statements, SyntaxTriviaList leading)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            var moved = SpanBlocks.Move(statements[i], site);
            yield return i == 0
                ? moved.WithLeadingTrivia(
                    leading.AddRange(moved.GetLeadingTrivia().SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))))
                : moved;
        }
    }

    // The kept statements stay behind the guard; the others go before or after it.
    private SyntaxNode Rebuild(SyntaxNode root, bool follows)
    {
        var siblings = SpanGuard.SiblingsOf(guard.If);
        var index = siblings.IndexOf(guard.If);
        var before = siblings.Take(index).ToList();
        var after = siblings.Skip(index + 1).Where(sibling => !parts.Moved.Contains(sibling)).ToList();
        if (after.Count > 0 && after[0] != siblings[index + 1] && SpanBlocks.IsApart(siblings[index + 1]) && !SpanBlocks.IsApart(after[0]))
        {
            after[0] = after[0].WithLeadingTrivia(after[0].GetLeadingTrivia().Insert(0, SpanBlocks.End(site)));
        }

        var moved = Moved(follows ? SyntaxFactory.TriviaList(SpanBlocks.End(site)) : SpanBlocks.Above(guard.If)).ToList();
        var rest = Rest();
        if (rest is not null && !follows)
        {
            rest = rest.WithLeadingTrivia(guard.If.GetLeadingTrivia().Skip(SpanBlocks.Above(guard.If).Count));
        }

        if (rest is not null)
        {
            moved.Insert(follows ? 0 : moved.Count, rest);
        }

        var statements = SyntaxFactory.List(before.Concat(moved).Concat(after));
        return guard.If.Parent switch
        {
            BlockSyntax block => root.ReplaceNode(block, block.WithStatements(statements)),
            SwitchSectionSyntax section => root.ReplaceNode(section, section.WithStatements(statements)),
            _ => root,
        };
    }

    private IEnumerable<StatementSyntax> Moved(SyntaxTriviaList leading)
    {
        var others = guard.Others.Select(static other => other.WithoutTrivia().ToString());
        if (Freed() is { } freed)
        {
            return guard.Others.Count == 0 ? Placed(freed, leading) : [SpanBlocks.Guard(string.Join(" && ", others), freed, leading, site)];
        }

        if (guard.Test.Declared is { } declared)
        {
            // The guard, which stays, declares this name, so the statements need another one.
            var spanName = Span.ToString();
            return [Guarded(others, leading, name => name.Identifier.ValueText == declared || name.Identifier.ValueText == spanName)];
        }

        return [Guarded(others, leading, static _ => true)];
    }

    private IfStatementSyntax Guarded(IEnumerable<string> others, SyntaxTriviaList leading, Func<IdentifierNameSyntax, bool> isSpan)
    {
        var (condition, current) = Either();
        var statements = parts.Moved.Select(OfCurrent).ToList();
        return SpanBlocks.Guard(string.Join(" && ", others.Append(condition)), statements, leading, site);

        StatementSyntax OfCurrent(StatementSyntax statement)
            => statement.ReplaceNodes(
                SpanGuardParts.Mentions(statement, guard, site).Where(isSpan),
                (name, _) => SyntaxFactory.IdentifierName(current).WithTriviaFrom(name));
    }

    // The rest of the guard; null when it can be removed.
    private IfStatementSyntax? Rest()
    {
        switch (guard.Place)
        {
            case SpanGuardPlace.Then when parts.Kept.Count > 0:
                return guard.If.WithStatement(Keep(guard.If.Statement));
            case SpanGuardPlace.Then when guard.If.Else is { Statement: var otherwise }:
                return SyntaxFactory.IfStatement(SyntaxFactory.ParseExpression(Missing()), otherwise)
                    .WithTriviaFrom(guard.If)
                    .WithAdditionalAnnotations(Formatter.Annotation);
            case SpanGuardPlace.Else when parts.Kept.Count > 0:
                return guard.If.WithElse(guard.If.Else!.WithStatement(Keep(guard.If.Else.Statement)));
            case SpanGuardPlace.Else:
                return guard.If.WithElse(null);
            case SpanGuardPlace.After when parts.Kept.Count == 0 && guard.ExitsOnlyItsBlock:
                return null;
            default:
                return guard.If;
        }
    }

    private StatementSyntax Keep(StatementSyntax statement)
        => statement is BlockSyntax block
            ? block.WithStatements(SyntaxFactory.List(block.Statements.Where(parts.Kept.Contains)))
            : statement;

    private string Missing()
        => guard.Test.Condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression }
            ? $"{Span} == null"
            : $"{Span} is null";

    private bool HasComments()
        => guard.If.Statement is BlockSyntax block
            && new[] { guard.If.CloseParenToken, block.OpenBraceToken, block.CloseBraceToken }
                .SelectMany(static token => token.GetAllTrivia())
                .Any(static trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia);
}
