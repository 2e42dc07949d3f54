using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>Whether code certainly runs inside a span: one of the same member, one around a call to it, or the span of a request.</summary>
internal sealed class CallingSpan(LiveSpans spans, CompilationContext context)
{
    private const int MaxCallers = 3;

    private static readonly HashSet<string> s_requestTypes =
        new(StringComparer.Ordinal) { "Controller", "ControllerBase", "Hub", "PageModel" };
    private static readonly HashSet<string> s_routes =
        new(StringComparer.Ordinal) { "MapDelete", "MapGet", "MapPatch", "MapPost", "MapPut" };

    /// <summary>Whether a node certainly runs inside a span.</summary>
    public bool Exists(SyntaxNode node, CancellationToken cancellation)
        => spans.At(node, acrossFunctions: true, cancellation) is not null
            || IsInRequest(node, cancellation)
            || IsCalledInside(node, depth: 0, cancellation);

    /// <summary>
    /// The visible spans around a node: the one in the same member, or else those around the calls to its method. The span of a request
    /// does not count.
    /// </summary>
    public List<LiveSpan> SpansAround(SyntaxNode node, CancellationToken cancellation)
        => spans.At(node, acrossFunctions: true, cancellation) is { } own
            ? [own]
            : CallsOfMethodAround(node, cancellation)
                .Select(call => spans.At(call, acrossFunctions: true, cancellation))
                .OfType<LiveSpan>()
                .ToList();

    private bool IsInRequest(SyntaxNode node, CancellationToken cancellation)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } }
                    when call.CalledName() is { Identifier.ValueText: var name } && s_routes.Contains(name):
                    return true;
                case TypeDeclarationSyntax type:
                    for (var current = (context.Of(type.SyntaxTree).GetDeclaredSymbol(type, cancellation) as INamedTypeSymbol)?.BaseType;
                        current is not null;
                        current = current.BaseType)
                    {
                        if (s_requestTypes.Contains(current.Name))
                        {
                            return true;
                        }
                    }

                    return false;
            }
        }

        return false;
    }

    private bool IsCalledInside(SyntaxNode node, int depth, CancellationToken cancellation)
        => depth < MaxCallers
            && CallsOfMethodAround(node, cancellation)
                .Any(call => spans.At(call, acrossFunctions: true, cancellation) is not null
                    || IsInRequest(call, cancellation)
                    || IsCalledInside(call, depth + 1, cancellation));

    private IEnumerable<SyntaxNode> CallsOfMethodAround(SyntaxNode node, CancellationToken cancellation)
        => EnclosingBody.Of(node) is MethodDeclarationSyntax declaration
            && context.Of(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellation) is IMethodSymbol method
            ? CallIndex.CallsOf(method.Name, context, cancellation)
                .Where(call => MayRun(call.TargetMethod.OriginalDefinition, method))
                .Select(static call => call.Syntax)
            : [];

    private static bool MayRun(IMethodSymbol called, IMethodSymbol method)
        => SymbolEqualityComparer.Default.Equals(called, method)
            || (called.ContainingType.TypeKind is TypeKind.Interface
                && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(called), method));
}
