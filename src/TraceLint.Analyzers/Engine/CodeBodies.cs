using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Engine;

/// <summary>The bodies of a compilation, and their analyses. Each is made once, when it is asked for.</summary>
internal sealed class CodeBodies
{
    // Callers are followed this far, and no more of them than that.
    private const int MaxCallDepth = 3;
    private const int MaxCallers = 40;

    private readonly CompilationContext _context;
    private readonly ConcurrentDictionary<SyntaxNode, CodeBody?> _bodies = new();
    private readonly ConcurrentDictionary<SyntaxNode, BodyAnalysis> _analyses = new();

    private CodeBodies(CompilationContext context) => _context = context;

    public static CodeBodies In(CompilationContext context) => context.Shared(static one => new CodeBodies(one))!;

    /// <summary>The body of a method of the compilation.</summary>
    /// <returns>Null when the method has none, or is declared elsewhere.</returns>
    public CodeBody? Of(IMethodSymbol method, CancellationToken cancellation)
    {
        foreach (var declaration in method.DeclaringSyntaxReferences)
        {
            if (_context.Compilation.ContainsSyntaxTree(declaration.SyntaxTree)
                && declaration.GetSyntax(cancellation) is var node
                && HasCode(node))
            {
                return Of(node, cancellation);
            }
        }

        return null;
    }

    /// <summary>The initializer of a field.</summary>
    /// <returns>Null when it has none, or is declared elsewhere.</returns>
    public CodeBody? InitializerOf(IFieldSymbol field, CancellationToken cancellation)
        => field.DeclaringSyntaxReferences is [var declaration]
            && _context.Compilation.ContainsSyntaxTree(declaration.SyntaxTree)
            && declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer: { } initializer }
                ? Of(initializer, cancellation)
                : null;

    /// <summary>The analysis of the body that a piece of code is in.</summary>
    /// <returns>Null when it is in none.</returns>
    public BodyAnalysis? AnalysisOf(SyntaxNode code, CancellationToken cancellation)
        => EnclosingBody.Of(code) is { } node && Of(node, cancellation) is { } body ? AnalysisOf(node, body, cancellation) : null;

    /// <summary>What an expression may evaluate to.</summary>
    public Value ValueOf(SyntaxNode expression, CancellationToken cancellation)
        => AnalysisOf(expression, cancellation)?.ValueOf(expression) ?? Value.Unknown;

    /// <summary>
    /// The analyses in which a piece of code is interpreted: that of the body it is in, then those of bodies that call this body, and so
    /// on. Each is made when the one before it did not suffice.
    /// </summary>
    /// <param name="code">The code.</param>
    /// <param name="dependsOnCallers">Whether the callers of a body can know more than its analysis.</param>
    public IEnumerable<BodyAnalysis> AnalysesAround(
        SyntaxNode code, Func<BodyAnalysis, bool> dependsOnCallers, CancellationToken cancellation)
    {
        var seen = new HashSet<SyntaxNode>();
        var pending = new Queue<(SyntaxNode Body, int Depth)>();
        Enqueue(code, 0);
        while (pending.Count > 0)
        {
            var (node, depth) = pending.Dequeue();
            if (Of(node, cancellation) is not { } body)
            {
                continue;
            }

            var analysis = AnalysisOf(node, body, cancellation);
            yield return analysis;
            if (depth < MaxCallDepth && body.Method is { MethodKind: MethodKind.Ordinary } method && dependsOnCallers(analysis))
            {
                foreach (var call in CallIndex.CallsOf(method.Name, _context, cancellation).Where(call => Callers.Calls(call, method)))
                {
                    Enqueue(call.Syntax, depth + 1);
                }
            }
        }

        void Enqueue(SyntaxNode inner, int depth)
        {
            if (seen.Count < MaxCallers && EnclosingBody.Of(inner) is { } body && seen.Add(body))
            {
                pending.Enqueue((body, depth));
            }
        }
    }

    /// <summary>Whether all calls of a method are in the compilation, and are calls: it is not used as a delegate.</summary>
    public bool AreCallersKnown(IMethodSymbol? method, CancellationToken cancellation)
        => method is { MethodKind: MethodKind.Ordinary }
            && Callers.AreAllHere(method)
            && !CallIndex.MentionsOf(method.Name, _context, cancellation).Any(
                mention => _context.Of(mention.SyntaxTree).GetSymbolInfo(mention, cancellation) is var info
                    && info.CandidateSymbols.Append(info.Symbol)
                        .Any(one => SymbolEqualityComparer.Default.Equals(one?.OriginalDefinition, method.OriginalDefinition)));

    private BodyAnalysis AnalysisOf(SyntaxNode node, CodeBody body, CancellationToken cancellation)
        => _analyses.TryGetValue(node, out var known)
            ? known
            : _analyses.GetOrAdd(node, BodyAnalysis.Of(body, _context, cancellation));

    private CodeBody? Of(SyntaxNode node, CancellationToken cancellation)
    {
        if (_bodies.TryGetValue(node, out var known))
        {
            return known;
        }

        var model = _context.Of(node.SyntaxTree);
        var body = EnclosingBody.GraphOf(node, model, cancellation) is { } graph
            ? new CodeBody(MethodOf(node, model, cancellation), graph)
            : null;
        return _bodies.GetOrAdd(node, body);
    }

    private static IMethodSymbol? MethodOf(SyntaxNode body, SemanticModel model, CancellationToken cancellation)
        => body is ArrowExpressionClauseSyntax { Parent: { } property }
            ? (model.GetDeclaredSymbol(property, cancellation) as IPropertySymbol)?.GetMethod
            : model.GetDeclaredSymbol(body, cancellation) as IMethodSymbol;

    private static bool HasCode(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax { Body: null, ExpressionBody: null } => false,
        AccessorDeclarationSyntax { Body: null, ExpressionBody: null } => false,
        BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax or CompilationUnitSyntax => true,
        _ => false,
    };
}
