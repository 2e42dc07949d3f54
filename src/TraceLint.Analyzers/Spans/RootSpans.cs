using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>
/// Spans around which nothing can be current: those that the loop of a <c>BackgroundService</c> or the main program starts itself, with no
/// other span around them. Where such a span is null, <c>Activity.Current</c> is, too, and there is no context to lose.
/// </summary>
internal sealed class RootSpans(SpanModel model)
{
    private const int MaxCallers = 3;

    // What runs a lambda in the context that it is handed over in.
    private static readonly HashSet<string> s_runners = new(StringComparer.Ordinal) { "ForEach", "ForEachAsync", "Run", "StartNew" };

    private readonly LiveSpans? _spans = LiveSpans.In(model.Context);

    /// <summary>Whether a span is one, for certain.</summary>
    /// <param name="start">The expression that starts it.</param>
    public bool Contain(SyntaxNode start, CancellationToken cancellation) => _spans is not null && IsRoot(start, depth: 0, cancellation);

    private bool IsRoot(SyntaxNode place, int depth, CancellationToken cancellation)
    {
        if (depth > MaxCallers || FunctionGraphs.FunctionAround(place) is not { } function || CurrentSpan.IsSetAround(place)
            || _spans!.At(place, acrossFunctions: false, cancellation) is not null || MayBeInSpan(place, function))
        {
            return false;
        }

        return function switch
        {
            CompilationUnitSyntax => true,
            AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } }
                => call.CalledName() is { Identifier.ValueText: var name } && s_runners.Contains(name) && IsRoot(call, depth, cancellation),
            LocalFunctionStatementSyntax or MethodDeclarationSyntax
                => model.Context.Of(function.SyntaxTree).GetDeclaredSymbol(function, cancellation) is IMethodSymbol method
                    && (IsEntry(method) || IsOnlyCalledFromRoots(method, depth + 1, cancellation)),
            _ => false,
        };
    }

    // One that starts before and is not seen to have ended.
    private static bool MayBeInSpan(SyntaxNode place, SyntaxNode function)
    {
        foreach (var node in function.DescendantNodes(inner => inner == function || !IsFunction(inner)))
        {
            if (node is InvocationExpressionSyntax call && call.SpanStart < place.SpanStart && !call.Contains(place)
                && call.CalledName() is { Identifier.ValueText: var name } && StartsSpan(name) && !HasEnded(call, place))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;

    private static bool StartsSpan(string name)
        => TraceVocabulary.IsAboutSpans(name) && name.IndexOf("Start", StringComparison.Ordinal) >= 0;

    private static bool HasEnded(SyntaxNode start, SyntaxNode place) => start.FirstAncestorOrSelf<StatementSyntax>() switch
    {
        UsingStatementSyntax block => !block.Contains(place),
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: not GlobalStatementSyntax and { } scope }
            => !scope.Contains(place),
        _ => false,
    };

    private static bool IsEntry(IMethodSymbol method)
    {
        if (method is { Name: "Main", IsStatic: true })
        {
            return true;
        }

        var type = method is { Name: "ExecuteAsync", IsOverride: true } ? method.ContainingType : null;
        for (; type is not null; type = type.BaseType)
        {
            if (type is { Name: "BackgroundService", ContainingNamespace.Name: "Hosting" })
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOnlyCalledFromRoots(IMethodSymbol method, int depth, CancellationToken cancellation)
    {
        if (!(method.MethodKind is MethodKind.LocalFunction || Callers.AreAllHere(method))
            || CallIndex.MentionsOf(method.Name, model.Context, cancellation).Any())
        {
            return false;
        }

        var isCalled = false;
        foreach (var call in CallIndex.CallsOf(method.Name, model.Context, cancellation))
        {
            if (Callers.Calls(call, method))
            {
                isCalled = true;
                if (!IsRoot(call.Syntax, depth, cancellation))
                {
                    return false;
                }
            }
        }

        return isCalled;
    }
}
