using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>
/// The context that a received message came with, at a publish of something made from that message which does not carry
/// it on. A span that is current there has that context, or should have, and comes first.
/// </summary>
internal sealed class IncomingContext(Transport transport, CompilationContext context)
{
    private static readonly HashSet<string> s_spanStarts = new(StringComparer.Ordinal)
    {
        "StartActivity", "StartActiveSpan", "StartRootSpan", "StartSpan",
    };

    /// <summary>The received message that is at hand at a publish, and is what the published one is made from.</summary>
    /// <param name="publish">The call.</param>
    /// <param name="published">What makes the message, or the call where nothing does.</param>
    /// <returns>The variable, and whether its context is lost for sure: no span is started around the publish that could have it. Null where a variable holds a span.</returns>
    public (ISymbol? Received, bool IsLost) At(SyntaxNode publish, IEnumerable<IOperation> published, SemanticModel semantics, CancellationToken cancellation)
    {
        var candidates = new List<ISymbol>();
        var messages = new List<ISymbol>();
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
                return default;
            }

            if (transport.IsReceived(type))
            {
                candidates.Add(symbol);
            }
            else if (symbol is IParameterSymbol && transport.ReceivedAs(type) is ReceivedRole.Either)
            {
                messages.Add(symbol);
            }
        }

        if (candidates.Count + messages.Count == 0 || EnclosingBody.Of(publish) is not { } body || IsInDeclaredSpan(publish, body, cancellation))
        {
            return default;
        }

        var made = published.ToList();
        var received = candidates.Concat(messages).FirstOrDefault(candidate => !made.Exists(operation => IsReferenceTo(candidate, operation.Unconverted())) && made.Exists(operation => IsMadeFrom(operation, candidate, cancellation)));
        return received is null ? default : (received, candidates.Contains(received) && !StartsSpan(body, cancellation) && !CallersStartSpan(body, cancellation));
    }

    private static bool IsMadeFrom(IOperation published, ISymbol received, CancellationToken cancellation)
    {
        var pending = new Queue<IOperation>();
        var locals = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        pending.Enqueue(published);
        while (pending.Count > 0)
        {
            foreach (var operation in ComputedFrom.Of(pending.Dequeue(), cancellation))
            {
                if (IsReferenceTo(received, operation))
                {
                    return true;
                }

                if (operation is ILocalReferenceOperation { Local: var local } && locals.Add(local) && DesignationOf(local, cancellation) is { } designation
                    && operation.SemanticModel?.GetOperation(WholeOf(designation), cancellation) is { } whole)
                {
                    if (designation.FirstAncestorOrSelf<PatternSyntax>() is not null && DesignationOf(received, cancellation) is { } other && WholeOf(other) == whole.Syntax)
                    {
                        return true;
                    }

                    pending.Enqueue(whole);
                }
            }
        }

        return false;
    }

    private static bool IsReferenceTo(ISymbol variable, IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, variable),
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, variable),
        _ => false,
    };

    private static SingleVariableDesignationSyntax? DesignationOf(ISymbol variable, CancellationToken cancellation)
        => variable.DeclaringSyntaxReferences is [var declaration] ? declaration.GetSyntax(cancellation) as SingleVariableDesignationSyntax : null;

    // What a variable of a pattern or of a deconstruction is a part of; the variable itself where that is not known.
    private static SyntaxNode WholeOf(SingleVariableDesignationSyntax variable)
    {
        foreach (var ancestor in variable.Ancestors())
        {
            switch (ancestor)
            {
                case IsPatternExpressionSyntax { Expression: var value }:
                    return value;
                case SwitchExpressionSyntax { GoverningExpression: var value }:
                    return value;
                case SwitchStatementSyntax { Expression: var value }:
                    return value;
                case AssignmentExpressionSyntax { Right: var value }:
                    return value;
                case ForEachVariableStatementSyntax { Expression: var value }:
                    return value;
                case ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or StatementSyntax or AnonymousFunctionExpressionSyntax:
                    return variable;
            }
        }

        return variable;
    }

    // By name: an override is called by the base class that started the span for it.
    private bool CallersStartSpan(SyntaxNode body, CancellationToken cancellation)
    {
        if (body is MethodDeclarationSyntax { Identifier.ValueText: var name })
        {
            foreach (var call in CallIndex.CallsOf(name, context, cancellation))
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

    // Taken on trust, until its block ends.
    private bool IsInDeclaredSpan(SyntaxNode publish, SyntaxNode body, CancellationToken cancellation)
    {
        foreach (var node in body.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && call.SpanStart < publish.SpanStart && call.CalledName() is { Identifier.ValueText: var name }
                && call.FirstAncestorOrSelf<StatementSyntax>() is { Parent: { } block } statement
                && (statement is UsingStatementSyntax ? statement : block is GlobalStatementSyntax ? body : block).Span.Contains(publish.Span)
                && IsDeclaredStart(call, name, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsDeclaredStart(InvocationExpressionSyntax call, string name, CancellationToken cancellation)
        => context.Settings.MayStartSpan(name, call.SyntaxTree)
            && context.Of(call.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && context.Settings.StartsSpan(method, call.SyntaxTree);
}
