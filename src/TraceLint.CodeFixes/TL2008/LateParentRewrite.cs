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
/// Moves a parent that is set too late to the start of the span: to an argument where an <c>ActivitySource</c> starts or creates it, or
/// to a call before the start of an <c>Activity</c> that is created with <c>new</c>. Only if everything the parent depends on exists by
/// then, and nothing but null checks decides whether the parent is set.
/// </summary>
internal sealed class LateParentRewrite(
    SemanticModel model, InsertedStatements edits, Imports imports, FreshNames names, CancellationToken cancellation)
{
    private readonly HashSet<SyntaxNode> _started = [];

    /// <summary>Rewrites a call of SetParentId, if there is a correct edit for it.</summary>
    /// <param name="set">The call of SetParentId.</param>
    /// <param name="start">The expression that starts or creates the span.</param>
    public void Add(InvocationExpressionSyntax set, ExpressionSyntax start)
    {
        if (set.Contains(start) || AccessAround(set)?.Contains(start) is true)
        {
            AddToChain(set, start);
            return;
        }

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

    // source.CreateActivity(name, kind)?.SetParentId(traceParent).Start()
    private void AddToChain(InvocationExpressionSyntax set, ExpressionSyntax start)
    {
        if (Anchor.Of(start) is not { IsConditional: false, HasExpressionBody: false } anchor
            || !IsThereBefore(anchor.Node, set)
            || StartOf(start) is not { Api: SpanApi.ActivitySource } found
            || !_started.Add(start))
        {
            return;
        }

        switch (set)
        {
            case { Expression: MemberAccessExpressionSyntax } when PassAtStart(set, found, anchor):
                edits.Change(set, static call => ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)call).Expression).Expression);
                break;
            case { Parent: MemberAccessExpressionSyntax next } when PassAtStart(set, found, anchor):
                edits.Change(next, static access => SyntaxFactory.MemberBindingExpression(((MemberAccessExpressionSyntax)access).Name));
                break;
            case { Parent: ConditionalAccessExpressionSyntax access } when access.WhenNotNull == set && PassAtStart(set, found, anchor):
                edits.Change(access, static access => ((ConditionalAccessExpressionSyntax)access).Expression);
                break;
        }
    }

    private SpanStart? StartOf(ExpressionSyntax start)
    {
        var call = start as InvocationExpressionSyntax
            ?? (start as ConditionalAccessExpressionSyntax)?.WhenNotNull as InvocationExpressionSyntax;
        return call is not null && model.GetOperation(call, cancellation) is IInvocationOperation operation
            ? SpanStarts.In(model.Compilation)?.Of(operation)
            : null;
    }

    private bool Rewrite(InvocationExpressionSyntax set, ExpressionSyntax start, Anchor anchor, IdentifierNameSyntax span)
    {
        if (StartOf(start) is not { Call.Syntax: InvocationExpressionSyntax call } found)
        {
            return false;
        }

        if (found.Api is SpanApi.ActivitySource)
        {
            return DeclaresOrAssigns(call, span) && HoldsNothingElse(span) && PassAtStart(set, found, anchor);
        }

        switch (call.Expression)
        {
            // new Activity(name).Start()
            case MemberAccessExpressionSyntax { Expression: BaseObjectCreationExpressionSyntax made } when DeclaresOrAssigns(call, span):
                var withParent = SyntaxFactory.ParseExpression($"{made.WithoutTrivia()}.SetParentId{set.ArgumentList.WithoutTrivia()}");
                edits.Replace(made, withParent.WithTriviaFrom(made));
                return true;
            // activity.Start(); where the Activity is created with new
            case MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } or MemberBindingExpressionSyntax
                when anchor.Node is ExpressionStatementSyntax && IsNew(span):
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

    private static ConditionalAccessExpressionSyntax? AccessAround(InvocationExpressionSyntax set)
        => set.Ancestors().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault(access => access.WhenNotNull.Contains(set));

    // What it holds instead, such as an Activity that is created with new, needs the parent as well.
    private bool HoldsNothingElse(IdentifierNameSyntax span)
        => model.GetSymbolInfo(span, cancellation).Symbol is not ILocalSymbol local
            || LocalValues.Of(local, model, cancellation) is { } values
                && values.Count(static value => !value.IsNull()) == 1;

    private bool IsNew(IdentifierNameSyntax span)
        => model.GetSymbolInfo(span, cancellation).Symbol is ILocalSymbol local
            && LocalValues.Of(local, model, cancellation) is [var value] && IsNew(value.Unconverted());

    // new Activity(name).SetTag(...)
    private static bool IsNew(IOperation value)
        => value is IObjectCreationOperation || (value is IInvocationOperation { Instance: { } instance } && IsNew(instance));

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
                case IdentifierNameSyntax name
                    when model.GetSymbolInfo(name, cancellation).Symbol is (ILocalSymbol or IParameterSymbol) and var variable
                        && (IsDeclaredAfter(variable, start) || IsWrittenAfter(variable, start)):
                    return false;
            }
        }

        return true;
    }

    private static bool IsDeclaredAfter(ISymbol variable, SyntaxNode start)
        => variable is ILocalSymbol
            && (variable.DeclaringSyntaxReferences is not [var declaration] || declaration.Span.Start >= start.SpanStart);

    private static bool IsWrittenAfter(ISymbol variable, SyntaxNode start)
    {
        foreach (var node in EnclosingBody.Of(start)?.DescendantNodes() ?? [])
        {
            if (node is IdentifierNameSyntax name && name.SpanStart >= start.SpanStart && name.Identifier.ValueText == variable.Name
                && (name.Ancestors().TakeWhile(static outer => outer is not StatementSyntax).OfType<AssignmentExpressionSyntax>()
                        .Any(assignment => assignment.Left.Contains(name))
                    || name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }))
            {
                return true;
            }
        }

        return false;
    }
}
