using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>What becomes of the task, the thread or the timer that stands for work.</summary>
internal enum Fate
{
    /// <summary>Somebody waits for it, or may: it is awaited, returned, handed on.</summary>
    Kept,

    /// <summary>It is put into a field, for whoever stops it.</summary>
    Stored,

    /// <summary>Nobody has it.</summary>
    Discarded,
}

/// <summary>Follows the result of a call for as long as it stays in the method.</summary>
internal static class Fates
{
    private static readonly HashSet<string> s_fluent = new(StringComparer.Ordinal) { "ConfigureAwait", "ContinueWith", "Unwrap" };

    private static readonly string[] s_forgetful = ["Forget", "Ignore", "NoAwait", "NoWarning", "RunInBackground", "Unobserved"];

    private static readonly HashSet<string> s_harmless = new(StringComparer.Ordinal) { "Start", "UnsafeStart", "IsBackground", "Name", "Priority", "SetApartmentState", "CurrentCulture", "CurrentUICulture", "ContinueWith", "Change", "AutoReset", "Enabled", "Elapsed", "Interval" };

    /// <summary>The fate of what an expression yields.</summary>
    public static Fate Of(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation)
    {
        while (true)
        {
            switch (expression.Parent)
            {
                case ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax:
                    expression = (ExpressionSyntax)expression.Parent;
                    continue;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Parent: InvocationExpressionSyntax chained } access when access.Expression == expression:
                    if (s_fluent.Contains(name))
                    {
                        expression = chained;
                        continue;
                    }

                    return Array.Exists(s_forgetful, word => name.IndexOf(word, StringComparison.Ordinal) >= 0) ? Fate.Discarded : Fate.Kept;
                case ExpressionStatementSyntax:
                    return Fate.Discarded;
                case AssignmentExpressionSyntax assignment when assignment.Right == expression:
                    return OfAssignment(assignment, model, cancellation);
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } } or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax }:
                    return Fate.Stored;
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } } variable }:
                    return OfVariable(model.GetDeclaredSymbol(variable, cancellation), expression, model, cancellation) ?? Fate.Discarded;
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }:
                    return OfArgument(call, model, cancellation);
                // An arrow that yields nothing is a statement.
                case ArrowExpressionClauseSyntax { Parent: { } owner }:
                    return model.GetDeclaredSymbol(owner, cancellation) is IMethodSymbol { ReturnsVoid: true } ? Fate.Discarded : Fate.Kept;
                case LambdaExpressionSyntax lambda:
                    return model.GetSymbolInfo(lambda, cancellation).Symbol is IMethodSymbol { ReturnsVoid: true } ? Fate.Discarded : Fate.Kept;
                default:
                    return Fate.Kept;
            }
        }
    }

    /// <summary>The fate of what a variable holds, by what else the member does with it.</summary>
    /// <returns>Null when it does nothing else.</returns>
    public static Fate? OfVariable(ISymbol? variable, ExpressionSyntax origin, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var name in (EnclosingBody.Of(origin) ?? origin).DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText == variable?.Name && !origin.Span.Contains(name.Span)
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, variable) && !IsHarmless(name))
            {
                return Fate.Kept;
            }
        }

        return null;
    }

    private static Fate OfAssignment(AssignmentExpressionSyntax assignment, SemanticModel model, CancellationToken cancellation)
    {
        if (assignment.Left is IdentifierNameSyntax { Identifier.ValueText: "_" } && model.GetSymbolInfo(assignment.Left, cancellation).Symbol is IDiscardSymbol)
        {
            return Fate.Discarded;
        }

        return model.GetSymbolInfo(assignment.Left, cancellation).Symbol switch
        {
            ILocalSymbol local => OfVariable(local, assignment.Right, model, cancellation) ?? Fate.Discarded,
            (IFieldSymbol or IPropertySymbol { IsIndexer: false }) and var member => OfVariable(member, assignment, model, cancellation) ?? Fate.Stored,
            _ => Fate.Kept,
        };
    }

    // FireAndForget(Task.Run(...)), _tasks.Add(Task.Run(...))
    private static Fate OfArgument(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        if (call.CalledName()?.Identifier.ValueText is not { } name)
        {
            return Fate.Kept;
        }

        if (Array.Exists(s_forgetful, word => name.IndexOf(word, StringComparison.Ordinal) >= 0))
        {
            return Fate.Discarded;
        }

        return name is "Add" && call.Expression is MemberAccessExpressionSyntax { Expression: var list }
            && model.GetSymbolInfo(list, cancellation).Symbol is (IFieldSymbol or IPropertySymbol) and var member && OfVariable(member, call, model, cancellation) is null
                ? Fate.Stored
                : Fate.Kept;
    }

    // Comparing it to null and setting it up hands it to nobody; so does overwriting it.
    private static bool IsHarmless(IdentifierNameSyntax name)
    {
        SyntaxNode use = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } self ? self : name;
        return use.Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } access => access.Expression == use && s_harmless.Contains(member),
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: var member } } } => s_harmless.Contains(member) || member is "Dispose",
            AssignmentExpressionSyntax assignment => assignment.Left == use || assignment.Left is IdentifierNameSyntax { Identifier.ValueText: "_" },
            BinaryExpressionSyntax binary => binary.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression,
            IsPatternExpressionSyntax => true,
            _ => false,
        };
    }
}
