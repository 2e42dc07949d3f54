using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>
/// Loops that go on until the program, or the object they belong to, is stopped: on a constant, a cancellation, a flag, a
/// timer, or the items of a queue. A loop that ends because its job is done is none.
/// </summary>
internal static class EndlessLoops
{
    private static readonly HashSet<string> s_waits = new(StringComparer.Ordinal) { "WaitForNextTickAsync", "WaitToReadAsync" };

    private static readonly HashSet<string> s_pumps = new(StringComparer.Ordinal) { "GetConsumingEnumerable", "ReadAllAsync" };

    private static readonly string[] s_stopped = ["abort", "cancel", "clos", "dispos", "exit", "finish", "quit", "shut", "stop", "terminat", "iscompleted", "isaddingcompleted"];

    private static readonly string[] s_running = ["active", "alive", "running", "started"];

    private static readonly string[] s_endings = ["Abort", "Cancel", "Closed", "Disposed", "Interrupted"];

    /// <summary>The endless loop that a function comes to, in its own code or in that of the methods it calls.</summary>
    public static StatementSyntax? In(FunctionBody function, CompilationContext context, CancellationToken cancellation)
    {
        foreach (var body in function.WithCallees(context, cancellation))
        {
            foreach (var node in body.Nodes())
            {
                if (node is StatementSyntax statement && IsEndless(statement, context.Of(statement.SyntaxTree), cancellation))
                {
                    return statement;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a statement may be such a loop, as far as its syntax says: most count, or go through a collection.</summary>
    public static bool MayBeEndless(StatementSyntax statement) => statement switch
    {
        WhileStatementSyntax { Condition: var condition } => MayGoOn(condition),
        DoStatementSyntax { Condition: var condition } => MayGoOn(condition),
        ForStatementSyntax { Condition: var condition } => condition is null || MayGoOn(condition),
        ForEachStatementSyntax { Expression: var items } => PumpIn(items) is not null,
        _ => false,
    };

    /// <summary>Whether a statement is such a loop.</summary>
    public static bool IsEndless(StatementSyntax statement, SemanticModel model, CancellationToken cancellation) => statement switch
    {
        WhileStatementSyntax { Condition: var condition } => GoesOn(condition, model, cancellation) && !HasExit(statement),
        DoStatementSyntax { Condition: var condition } => GoesOn(condition, model, cancellation) && !HasExit(statement),
        ForStatementSyntax { Condition: var condition } => (condition is null || GoesOn(condition, model, cancellation)) && !HasExit(statement),
        ForEachStatementSyntax { Expression: var items } => IsPump(items, model, cancellation) && !HasExit(statement),
        _ => false,
    };

    private static bool MayGoOn(ExpressionSyntax condition)
        => condition is not BinaryExpressionSyntax || condition.IsKind(SyntaxKind.LogicalAndExpression) || condition.IsKind(SyntaxKind.EqualsExpression);

    private static bool GoesOn(ExpressionSyntax condition, SemanticModel model, CancellationToken cancellation) => condition switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => GoesOn(inner, model, cancellation),
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.TrueLiteralExpression),
        BinaryExpressionSyntax both when both.IsKind(SyntaxKind.LogicalAndExpression) => GoesOn(both.Left, model, cancellation) && GoesOn(both.Right, model, cancellation),
        PrefixUnaryExpressionSyntax { Operand: var operand } not when not.IsKind(SyntaxKind.LogicalNotExpression) => IsSignal(operand, s_stopped, model, cancellation),
        BinaryExpressionSyntax { Left: var left, Right: LiteralExpressionSyntax right } equals when equals.IsKind(SyntaxKind.EqualsExpression) && right.IsKind(SyntaxKind.FalseLiteralExpression)
            => IsSignal(left, s_stopped, model, cancellation),
        AwaitExpressionSyntax { Expression: var awaited } => IsWait(awaited),
        _ => IsSignal(condition, s_running, model, cancellation),
    };

    // token.IsCancellationRequested, _stopping, Volatile.Read(ref _stopping), stop.WaitOne(1000), but no local flag: who would
    // set that but the loop itself?
    private static bool IsSignal(ExpressionSyntax operand, string[] words, SemanticModel model, CancellationToken cancellation)
    {
        while (operand is ParenthesizedExpressionSyntax { Expression: var inner })
        {
            operand = inner;
        }

        switch (operand)
        {
            case AwaitExpressionSyntax:
                return false;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WaitOne" or "Wait", Expression: var handle } }:
                return HasWord(LastName(handle), s_stopped) && !IsLocal(handle, model, cancellation);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Read" }, ArgumentList.Arguments: [{ Expression: var flag }] }:
                return HasWord(LastName(flag), words) && !IsLocal(flag, model, cancellation);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsCancellationRequested" or "HasShutdownStarted" }:
                return words == s_stopped;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsSet", Expression: var handle }:
                return words == s_stopped && !IsLocal(handle, model, cancellation);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax:
                return HasWord(LastName(operand), words) && !IsLocal(operand, model, cancellation)
                    && model.GetTypeInfo(operand, cancellation).Type is { SpecialType: SpecialType.System_Boolean };
            default:
                return false;
        }
    }

    private static bool IsWait(ExpressionSyntax awaited) => CalledName(awaited) is { } name && s_waits.Contains(name);

    private static bool IsPump(ExpressionSyntax items, SemanticModel model, CancellationToken cancellation)
        => PumpIn(items) is { } queue && !IsLocal(queue, model, cancellation);

    // The queue whose items a loop takes.
    private static ExpressionSyntax? PumpIn(ExpressionSyntax items)
        => Unconfigured(items) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var queue } } && s_pumps.Contains(name) ? queue : null;

    // A break, a return or a goto that no cancellation and no end of the input stands before.
    private static bool HasExit(StatementSyntax loop)
    {
        foreach (var node in loop.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if ((node is ReturnStatementSyntax or GotoStatementSyntax || (node is BreakStatementSyntax && Broken(node) == loop)) && !IsGuarded(node, loop))
            {
                return true;
            }
        }

        return false;
    }

    private static SyntaxNode? Broken(SyntaxNode statement)
    {
        var current = statement.Parent;
        while (current is not (null or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or SwitchStatementSyntax))
        {
            current = current.Parent;
        }

        return current;
    }

    private static bool IsGuarded(SyntaxNode exit, StatementSyntax loop)
    {
        for (var current = exit.Parent; current is not null && current != loop; current = current.Parent)
        {
            if ((current is IfStatementSyntax { Condition: var condition } && SaysStop(condition))
                || (current is CatchClauseSyntax { Declaration.Type: var type } && HasWord(type.ToString(), s_endings))
                || (current is CatchClauseSyntax { Filter.FilterExpression: { } filter } && SaysStop(filter)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool SaysStop(ExpressionSyntax condition)
    {
        foreach (var name in condition.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
        {
            var text = name.Identifier.ValueText;
            if (s_waits.Contains(text) || HasWord(text, s_stopped) || HasWord(text, s_running))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLocal(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation)
    {
        while (expression is MemberAccessExpressionSyntax { Expression: var inner })
        {
            expression = inner;
        }

        return model.GetSymbolInfo(expression, cancellation).Symbol is ILocalSymbol;
    }

    private static string? CalledName(ExpressionSyntax expression) => (Unconfigured(expression) as InvocationExpressionSyntax)?.CalledName()?.Identifier.ValueText;

    private static ExpressionSyntax Unconfigured(ExpressionSyntax expression)
    {
        while (expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "WithCancellation", Expression: var inner } })
        {
            expression = inner;
        }

        return expression;
    }

    private static string LastName(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        SimpleNameSyntax { Identifier.ValueText: var name } => name,
        _ => "",
    };

    private static bool HasWord(string name, string[] words) => Array.Exists(words, word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
