using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;
using TraceLint.Flow;

namespace TraceLint;

/// <summary>
/// Code that reads <c>tracestate</c> in the same way as existing code reads <c>traceparent</c>. A <c>tracestate</c> is often missing, so
/// a read that throws for a missing header becomes one that does not.
/// </summary>
/// <param name="Inline">The read as an expression.</param>
/// <param name="Local">The local that <paramref name="Statement"/> declares.</param>
/// <param name="Statement">The read as a statement; null where the expression is short enough to be used inline.</param>
internal sealed record TraceStateRead(string Inline, string Local = "", string? Statement = null)
{
    private const string Parent = "traceparent";

    // Types whose indexers do not throw for a missing entry.
    private static readonly HashSet<string> s_lenient
        = new(StringComparer.Ordinal) { "HeaderDictionary", "IHeaderDictionary", "NameValueCollection", "WebHeaderCollection" };

    private static readonly HashSet<string> s_dictionaries
        = new(StringComparer.Ordinal) { "ConcurrentDictionary", "Dictionary", "IDictionary", "IReadOnlyDictionary", "SortedDictionary" };

    /// <summary>The code for a traceparent that was read by the name of its header.</summary>
    /// <param name="text">The expression with the traceparent.</param>
    /// <param name="scope">The node in which new locals are declared.</param>
    /// <returns>Null when the read is not found, or it is not known whether it throws for a missing header.</returns>
    public static TraceStateRead? Of(
        ExpressionSyntax text, SyntaxNode scope, SemanticModel model, FreshNames names, CancellationToken cancellation)
    {
        if (ReadBehind(text, model, cancellation) is not { } read || NameIn(read) is not { } name)
        {
            return null;
        }

        var state = name.Token.ValueText.Any(char.IsLower) ? "\"tracestate\"" : "\"TRACESTATE\"";
        string Local(params string[] wanted) => names.ForLocal(scope, text.SpanStart, wanted);
        switch (read)
        {
            // headers.TryGetValue("traceparent", out text), where the text is the out argument.
            case InvocationExpressionSyntax call
                when call.ArgumentList.Arguments is [.., { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword } output]:
                var given = Local("traceState", "parentState");
                var taken = With(call, (name, state), (output.Expression, $"var {given}"));
                return new TraceStateRead($"{taken} ? {given} : null", given, taken + ";");
            // headers.TryGetLastBytes("traceparent", out var bytes) ? Encoding.UTF8.GetString(bytes) : null
            case ConditionalExpressionSyntax { Condition: InvocationExpressionSyntax attempted }
                when attempted.Contains(name)
                    && attempted.ArgumentList.Arguments is [.., { Expression: DeclarationExpressionSyntax declared }]
                    && declared.Designation is SingleVariableDesignationSyntax { Identifier.ValueText: var outName }:
                var (kept, inner) = (Local("traceState", "parentState"), Local("stateValue"));
                var uses = read.DescendantNodes()
                    .Where(node => node is IdentifierNameSyntax { Identifier.ValueText: var used } && used == outName);
                var choice = With(read, [(name, state), (declared, $"var {inner}"), .. uses.Select(use => (use, inner))]);
                return new TraceStateRead(choice, kept, $"var {kept} = {choice};");
            case InvocationExpressionSyntax call when ReturnsNullForNone(call, model, cancellation):
            case ElementAccessExpressionSyntax access
                when s_lenient.Contains(model.GetTypeInfo(access.Expression, cancellation).Type?.Name ?? ""):
                return new TraceStateRead(With(read, (name, state)));
        }

        if (Throwing(name, state, model, cancellation) is not (var throwing, var attempt))
        {
            return null;
        }

        if (throwing == read)
        {
            var only = Local("traceState", "parentState");
            return new TraceStateRead($"{attempt}{only}) ? {only} : null", only, $"{attempt}{only});");
        }

        var (local, value) = (Local("traceState", "parentState"), Local("stateValue"));
        var whole = $"{attempt}{value}) ? {With(read, (throwing, value))} : null";
        return new TraceStateRead(whole, local, $"var {local} = {whole};");
    }

    // A local that is never assigned again is replaced by its initializer.
    private static ExpressionSyntax? ReadBehind(ExpressionSyntax text, SemanticModel model, CancellationToken cancellation)
    {
        text = Bare(text);
        if (text is not IdentifierNameSyntax { Identifier.ValueText: var name })
        {
            return text;
        }

        var symbol = model.GetSymbolInfo(text, cancellation).Symbol;
        return symbol is not ILocalSymbol { DeclaringSyntaxReferences: [var declaration] } || LocalValues.IsAssigned(name, text) ? null
            : declaration.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax { Initializer.Value: var value } => Bare(value),
                SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ArgumentSyntax argument } }
                    => argument.Parent?.Parent as InvocationExpressionSyntax,
                _ => null,
            };
    }

    private static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (expression is PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            expression = expression is PostfixUnaryExpressionSyntax suppressed
                ? suppressed.Operand
                : ((ParenthesizedExpressionSyntax)expression).Expression;
        }

        return expression;
    }

    // The literal "traceparent", if it occurs once.
    private static LiteralExpressionSyntax? NameIn(ExpressionSyntax read)
        => read.DescendantNodes().OfType<LiteralExpressionSyntax>()
            .Where(static literal => string.Equals(literal.Token.ValueText, Parent, StringComparison.OrdinalIgnoreCase))
            .ToList() is [var only] ? only : null;

    // Environment.GetEnvironmentVariable, or a method of the project that returns a nullable string.
    private static bool ReturnsNullForNone(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
        => model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
            && (method is { Name: "GetEnvironmentVariable", ContainingType.Name: "Environment" }
                || (method.ReturnType.SpecialType is SpecialType.System_String && method.Locations is [{ IsInSource: true }, ..]
                    && method.ReturnNullableAnnotation is NullableAnnotation.Annotated));

    // For headers["traceparent"] of a dictionary and headers.GetLastBytes("traceparent") of Kafka: the call that does not throw, up to the
    // name of the local that it declares.
    private static (ExpressionSyntax Throwing, string Attempt)? Throwing(
        LiteralExpressionSyntax name, string state, SemanticModel model, CancellationToken cancellation)
        => name.Parent?.Parent?.Parent switch
        {
            ElementAccessExpressionSyntax { Expression: var holder } access
                when s_dictionaries.Contains(model.GetTypeInfo(holder, cancellation).Type?.Name ?? "")
                => (access, $"{holder.WithoutTrivia()}.TryGetValue({state}, out var "),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax method } call
                when method.Name.Identifier.ValueText is "GetLastBytes"
                => (call, $"{method.Expression.WithoutTrivia()}.TryGetLastBytes({state}, out var "),
            _ => null,
        };

    private static string With(ExpressionSyntax read, params (SyntaxNode Node, string Text)[] changes)
    {
        var changed = read.ReplaceNodes(
            changes.Select(static change => change.Node),
            (original, _) => SyntaxFactory.ParseExpression(changes.First(change => change.Node == original).Text));
        return changed.WithoutTrivia().ToString();
    }
}
