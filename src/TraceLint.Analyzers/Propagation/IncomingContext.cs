using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Boundaries;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// The context that a received message came with, at a publish of something made from that message which does not carry
/// it on. Where a span is live, in the method or in one that calls it, that span has the context, or should have: then the
/// publish has to inject it.
/// </summary>
internal sealed class IncomingContext(Transport transport, SourceModels sources)
{
    private static readonly HashSet<string> s_spanStarts = new(StringComparer.Ordinal)
    {
        "StartActivity", "StartActiveSpan", "StartRootSpan", "StartSpan",
    };

    /// <summary>The received message that is in scope at a publish and is what the published one is made from, unless a span is live there.</summary>
    /// <param name="publish">The call.</param>
    /// <param name="published">What makes the message, or the call where nothing does.</param>
    public ISymbol? LostAt(SyntaxNode publish, IEnumerable<IOperation> published, SemanticModel semantics, CancellationToken cancellation)
    {
        ISymbol? received = null;
        foreach (var symbol in semantics.LookupSymbols(publish.SpanStart))
        {
            var type = symbol switch
            {
                IParameterSymbol parameter => parameter.Type,
                ILocalSymbol { DeclaringSyntaxReferences: [var declaration] } local when declaration.Span.End < publish.SpanStart => local.Type,
                _ => null,
            };

            if (TraceTypes.IsSpan(type) || type is { Name: "ISpan" })
            {
                return null;
            }

            if (received is null && transport.IsReceived(type))
            {
                received = symbol;
            }
        }

        return received is null || EnclosingBody.Of(publish) is not { } body || StartsSpan(body, cancellation) || CallersStartSpan(body, cancellation)
            || !published.Any(operation => IsMadeFrom(operation, received, cancellation))
                ? null
                : received;
    }

    private static bool IsMadeFrom(IOperation published, ISymbol received, CancellationToken cancellation)
    {
        foreach (var operation in ComputedFrom.Of(published, cancellation))
        {
            var variable = operation switch
            {
                ILocalReferenceOperation local => local.Local,
                IParameterReferenceOperation parameter => (ISymbol)parameter.Parameter,
                _ => null,
            };

            if (SymbolEqualityComparer.Default.Equals(variable, received))
            {
                return true;
            }
        }

        return false;
    }

    // By name: an override is called by the base class that started the span for it.
    private bool CallersStartSpan(SyntaxNode body, CancellationToken cancellation)
    {
        if (body is MethodDeclarationSyntax { Identifier.ValueText: var name })
        {
            foreach (var call in CallIndex.CallsOf(name, sources, cancellation))
            {
                if (EnclosingBody.Of(call.Syntax) is { } caller && StartsSpan(caller, cancellation))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool StartsSpan(SyntaxNode body, CancellationToken cancellation)
    {
        foreach (var node in body.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && call.CalledName() is { Identifier.ValueText: var name } && (s_spanStarts.Contains(name) || IsDeclaredStart(call, name, cancellation)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsDeclaredStart(InvocationExpressionSyntax call, string name, CancellationToken cancellation)
        => sources.Settings.MayStartSpan(name, call.SyntaxTree)
            && sources.Of(call.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && sources.Settings.StartsSpan(method, call.SyntaxTree);
}
