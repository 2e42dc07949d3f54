using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Snippets;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>
/// Moves a parent that is set too late to the start of the span: to an argument where an <c>ActivitySource</c> starts it, or to a call
/// before the start of an <c>Activity</c> that is created with <c>new</c>. Only if everything the parent depends on exists by then, and
/// nothing but null checks decides whether the parent is set.
/// </summary>
internal sealed class LateParentRewrite(
    SemanticModel model, InsertedStatements edits, Imports imports, FreshNames names, CancellationToken cancellation)
{
    private readonly HashSet<SyntaxNode> _started = [];

    /// <summary>Rewrites a call of SetParentId, if there is a correct edit for it.</summary>
    /// <param name="set">The call of SetParentId.</param>
    /// <param name="start">The expression that starts the span.</param>
    public void Add(InvocationExpressionSyntax set, ExpressionSyntax start)
    {
        if (SpanOf(set) is not { } span
            || set.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement || !IsWhole(statement.Expression, set)
            || Anchor.Of(start) is not { IsConditional: false, HasExpressionBody: false } anchor
            || StatementToRemove(statement, anchor, span, set) is not { } gone
            || !IsThereBefore(anchor.Node, set)
            || !_started.Add(start))
        {
            return;
        }

        if (Rewrite(set, start, anchor, span))
        {
            edits.Remove(gone);
        }
    }

    private bool Rewrite(InvocationExpressionSyntax set, ExpressionSyntax start, Anchor anchor, IdentifierNameSyntax span)
    {
        var call = start as InvocationExpressionSyntax
            ?? (start as ConditionalAccessExpressionSyntax)?.WhenNotNull as InvocationExpressionSyntax;
        if (call is null
            || model.GetOperation(call, cancellation) is not IInvocationOperation operation
            || SpanStarts.In(model.Compilation)?.Of(operation) is not { } found)
        {
            return false;
        }

        if (found.Api is SpanApi.ActivitySource)
        {
            return DeclaresOrAssigns(call, span) && PassAtStart(set, found, anchor);
        }

        switch (call.Expression)
        {
            // new Activity(name).Start()
            case MemberAccessExpressionSyntax { Expression: BaseObjectCreationExpressionSyntax made } when DeclaresOrAssigns(call, span):
                var withParent = SyntaxFactory.ParseExpression($"{made.WithoutTrivia()}.SetParentId{set.ArgumentList.WithoutTrivia()}");
                edits.Replace(made, withParent.WithTriviaFrom(made));
                return true;
            // activity.Start();
            case MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } or MemberBindingExpressionSyntax
                when anchor.Node is ExpressionStatementSyntax:
                edits.Add(anchor, returnsNothing: true, [$"{set.FirstAncestorOrSelf<ExpressionStatementSyntax>()!.WithoutTrivia()}"]);
                return true;
            default:
                return false;
        }
    }

    private bool PassAtStart(InvocationExpressionSyntax set, SpanStart start, Anchor anchor)
    {
        var site = new SnippetSite(start.Call.Syntax, anchor, Dialect.SystemDiagnostics, model.Compilation, imports, names);
        var context = site.NameAfterNew(SpanTypes.Names.ActivityContext);
        var (statements, parent) = set.ArgumentList.Arguments switch
        {
            [{ NameColon: null, Expression: var text }]
                when RemoteContextSnippet.Parse($"{text.WithoutTrivia()}", "null", model.Compilation, site) is var parsed
                => ([parsed.Statement], parsed.Local),
            [{ NameColon: null } traceId, { NameColon: null } spanId, { NameColon: null } flags]
                => (Array.Empty<string>(), $"new {context}({traceId}, {spanId}, {flags}, isRemote: true)"),
            // Not without flags: the span would be unsampled.
            _ => ([], null),
        };
        if (parent is null || ParentArgument.AddTo(start, parent, site) is not { } started)
        {
            return false;
        }

        edits.Replace(start.Call.Syntax, started);
        edits.Add(anchor, returnsNothing: true, statements);
        return true;
    }

    private static IdentifierNameSyntax? SpanOf(InvocationExpressionSyntax set) => set.Expression switch
    {
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } => name,
        MemberAccessExpressionSyntax { Expression: PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax name } } => name,
        MemberBindingExpressionSyntax when set.Parent is ConditionalAccessExpressionSyntax { Expression: IdentifierNameSyntax name }
            => name,
        _ => null,
    };

    private static bool IsWhole(ExpressionSyntax expression, InvocationExpressionSyntax set)
        => expression == set || (expression is ConditionalAccessExpressionSyntax access && access.WhenNotNull == set);

    // Whether the span variable is declared with, or assigned, the result of the start.
    private static bool DeclaresOrAssigns(InvocationExpressionSyntax start, IdentifierNameSyntax span) => start.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var name } }
            => name == span.Identifier.ValueText,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var name } } => name == span.Identifier.ValueText,
        _ => false,
    };

    // The statement, or the outermost if statement around it that tests only for null and would become empty.
    private static StatementSyntax? StatementToRemove(
        StatementSyntax statement, Anchor anchor, IdentifierNameSyntax span, InvocationExpressionSyntax set)
    {
        var gone = statement;
        var isWhole = true;
        for (SyntaxNode node = statement; node.Parent is { } parent && parent != anchor.Container && node != anchor.Node; node = parent)
        {
            switch (parent)
            {
                case BlockSyntax block:
                    isWhole &= block.Statements.Count == 1;
                    break;
                case IfStatementSyntax { Else: null } test when AsksForNullOnly(test.Condition, span, set):
                    gone = isWhole ? test : gone;
                    break;
                case UsingStatementSyntax when parent == anchor.Node:
                case TryStatementSyntax or GlobalStatementSyntax:
                    isWhole = false;
                    break;
                default:
                    return null;
            }
        }

        return gone.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax ? gone : null;
    }

    private static bool AsksForNullOnly(ExpressionSyntax condition, IdentifierNameSyntax span, InvocationExpressionSyntax set)
    {
        var argument = set.ArgumentList.Arguments.Count == 1 ? set.ArgumentList.Arguments[0].Expression.ToString() : null;
        return condition switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both
                => AsksForNullOnly(both.Left, span, set) && AsksForNullOnly(both.Right, span, set),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } comparison
                when comparison.Right.IsKind(SyntaxKind.NullLiteralExpression)
                => IsEither(comparison.Left),
            IsPatternExpressionSyntax
            {
                Expression: var tested,
                Pattern: UnaryPatternSyntax
                {
                    Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression },
                },
            } => IsEither(tested),
            PrefixUnaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.LogicalNotExpression,
                Operand: InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsNullOrEmpty" or "IsNullOrWhiteSpace" },
                    ArgumentList.Arguments: [{ Expression: var text }],
                },
            } => IsEither(text),
            _ => false,
        };

        bool IsEither(ExpressionSyntax tested) => tested.ToString() is var text && (text == span.Identifier.ValueText || text == argument);
    }

    private bool IsThereBefore(SyntaxNode start, InvocationExpressionSyntax set)
    {
        foreach (var node in set.ArgumentList.DescendantNodes())
        {
            switch (node)
            {
                case InvocationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax or DeclarationExpressionSyntax:
                    return false;
                case IdentifierNameSyntax name when model.GetSymbolInfo(name, cancellation).Symbol is ILocalSymbol local:
                    if (local.DeclaringSyntaxReferences is not [var declaration]
                        || declaration.Span.Start >= start.SpanStart
                        || IsWrittenAfter(local, start))
                    {
                        return false;
                    }

                    break;
            }
        }

        return true;
    }

    private bool IsWrittenAfter(ILocalSymbol local, SyntaxNode start)
        => LocalValues.Of(local, model, cancellation) is { } values && values.Any(value => value.Syntax.SpanStart >= start.SpanStart);
}
