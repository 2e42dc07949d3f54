using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;
using TraceLint.Flow;

namespace TraceLint;

/// <summary>
/// Makes the span in an injected value fall back to the current one, in the value itself or in the local from which it comes.
/// </summary>
internal sealed class SpanValueRewrite(SpanSite site)
{
    private readonly Dictionary<SyntaxNode, SyntaxNode> _replacements = [];
    private readonly HashSet<ISymbol> _locals = new(SymbolEqualityComparer.Default);

    /// <summary>The edits for a value.</summary>
    /// <returns>The nodes and their replacements; null when there is no correct edit.</returns>
    public static IReadOnlyDictionary<SyntaxNode, SyntaxNode>? Of(ExpressionSyntax value, SpanSite site)
    {
        var rewrite = new SpanValueRewrite(site);
        return rewrite.Visit(value) && rewrite._replacements.Count > 0 ? rewrite._replacements : null;
    }

    /// <summary>The edits for the arguments of a call.</summary>
    public static IReadOnlyDictionary<SyntaxNode, SyntaxNode>? Of(IEnumerable<ExpressionSyntax> values, SpanSite site)
    {
        var rewrite = new SpanValueRewrite(site);
        return values.All(rewrite.Visit) && rewrite._replacements.Count > 0 ? rewrite._replacements : null;
    }

    private bool Visit(ExpressionSyntax value)
    {
        if (site.IsSpan(value) && value is not LiteralExpressionSyntax)
        {
            _replacements[value] = site.Fallback(value);
            return true;
        }

        var nodes = value
            .DescendantNodesAndSelf(node => node is not AnonymousFunctionExpressionSyntax && !_replacements.ContainsKey(node));
        foreach (var node in nodes.OfType<ExpressionSyntax>())
        {
            switch (node)
            {
                case ConditionalExpressionSyntax choice when SpanTest.Of(choice.Condition, site) is { } test:
                    return node == value || node.Parent is ArgumentSyntax ? Choose(choice, test) : false;
                case ConditionalAccessExpressionSyntax access when site.IsSpan(access.Expression):
                    if (Bare(access.Expression) is not BinaryExpressionSyntax { Right: var last } || !site.IsCurrent(last))
                    {
                        var fallback = site.FallbackInParentheses(Bare(access.Expression));
                        _replacements[access.Expression] = fallback.WithTriviaFrom(access.Expression);
                    }

                    break;
                case IdentifierNameSyntax name
                    when site.SymbolOf(name) is ILocalSymbol local && site.IsContext(local.Type) && _locals.Add(local) && !Visit(local):
                    return false;
            }
        }

        return true;
    }

    // activity == null ? default : activity.Context
    private bool Choose(ConditionalExpressionSyntax choice, SpanTest test)
    {
        var (there, missing) = test.IsMissing ? (choice.WhenFalse, choice.WhenTrue) : (choice.WhenTrue, choice.WhenFalse);
        if (!IsNothing(missing) || test.Span is not IdentifierNameSyntax)
        {
            return false;
        }

        var contexts = there
            .DescendantNodesAndSelf()
            .OfType<MemberAccessExpressionSyntax>()
            .Where(access => access.Name.Identifier.ValueText == "Context"
                && Bare(access.Expression) is IdentifierNameSyntax name
                && IsNamed(name, test))
            .ToList();
        var names = there.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Count(name => IsNamed(name, test));
        if (contexts.Count != names || names == 0)
        {
            return false;
        }

        var fallback = SyntaxFactory.ParseExpression($"{site.FallbackInParentheses(test.Span).WithoutTrivia()}?.Context ?? default");
        _replacements[choice] = there.ReplaceNodes(contexts, (_, _) => fallback).WithTriviaFrom(choice);
        return true;
    }

    private static bool IsNamed(IdentifierNameSyntax name, SpanTest test)
        => name.Identifier.ValueText == test.Declared
            || (test.Span is IdentifierNameSyntax span && name.Identifier.ValueText == span.Identifier.ValueText);

    // Edits the values that are assigned to a local, if only injections read it.
    private bool Visit(ILocalSymbol local)
    {
        if (site.DeclarationOf(local) is not VariableDeclaratorSyntax declarator || EnclosingBody.Of(site.Node) is not { } body)
        {
            return false;
        }

        var assigned = new List<ExpressionSyntax>();
        foreach (var name in SpanReads.Of(local, body, site.Model))
        {
            if (name.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
                && assignment.Left == name)
            {
                assigned.Add(assignment.Right);
            }
            else if (!IsInjected(name))
            {
                return false;
            }
        }

        if (declarator.Initializer?.Value is { } initial)
        {
            assigned.Insert(0, initial);
        }

        // ActivityContext context = default; if (activity != null) context = activity.Context;
        if (assigned.Count > 1)
        {
            return Replace(assigned.FirstOrDefault(IsNothing), local);
        }

        return assigned is [var only] && Visit(only);
    }

    private bool Replace(ExpressionSyntax? nothing, ILocalSymbol local)
    {
        if (nothing is null || local.Type.Name != "ActivityContext")
        {
            return false;
        }

        _replacements[nothing] = SyntaxFactory.ParseExpression($"{site.Current}?.Context ?? default").WithTriviaFrom(nothing);
        return true;
    }

    private bool IsInjected(IdentifierNameSyntax name)
    {
        foreach (var ancestor in name.Ancestors())
        {
            switch (ancestor)
            {
                case InvocationExpressionSyntax call when call == site.Node || site.InjectionAt(call) is { IsHeader: false }:
                    return true;
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }:
                    return site.Model.GetDeclaredSymbol(declarator) is ILocalSymbol other && site.IsContext(other.Type);
                case StatementSyntax:
                    return false;
            }
        }

        return false;
    }

    private static ExpressionSyntax Bare(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Bare(inner),
        PostfixUnaryExpressionSyntax { Operand: var operand } => Bare(operand),
        _ => expression,
    };

    private static bool IsNothing(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.DefaultLiteralExpression),
        DefaultExpressionSyntax => true,
        BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } } => true,
        _ => false,
    };
}
