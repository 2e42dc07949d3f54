using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>A variable that holds what was received.</summary>
/// <param name="Variable">A local or a parameter.</param>
/// <param name="Type">Its type.</param>
/// <param name="Transport">What it was received with.</param>
/// <param name="Role">Whether it is one message or several.</param>
/// <param name="Since">Where it came into view: for one of several, where those did.</param>
internal sealed record ReceivedMessage(ISymbol Variable, ITypeSymbol Type, Transport Transport, ReceivedRole Role, int Since);

/// <summary>Finds what was received where a span starts.</summary>
internal sealed class ReceivedMessages(ImmutableArray<Transport> transports)
{
    /// <summary>The variables in scope at a place that hold a received message there already, nearest first.</summary>
    public ImmutableArray<ReceivedMessage> At(SyntaxNode place, SemanticModel model, CancellationToken cancellation)
    {
        var messages = new List<ReceivedMessage>();
        foreach (var symbol in model.LookupSymbols(place.SpanStart))
        {
            if (symbol is ILocalSymbol or IParameterSymbol && symbol.Locations is [{ IsInSource: true, SourceSpan: var declared }] && declared.Start < place.SpanStart
                && Of(symbol) is { } message && SinceOf(symbol, place, model, cancellation) is { } since)
            {
                messages.Add(message with { Since = since });
            }
        }

        messages.Sort(static (left, right) => right.Variable.Locations[0].SourceSpan.Start.CompareTo(left.Variable.Locations[0].SourceSpan.Start));
        return messages.Select(message => message with { Since = Math.Min(message.Since, SourceOf(message, messages, model, cancellation)?.Since ?? message.Since) }).ToImmutableArray();
    }

    /// <summary>What a variable holds, by its type; null when nothing that was received.</summary>
    public ReceivedMessage? Of(ISymbol variable)
    {
        foreach (var transport in transports)
        {
            var (role, type) = variable switch
            {
                ILocalSymbol local => (transport.ReceivedIn(local), local.Type),
                IParameterSymbol parameter => (transport.ReceivedIn(parameter), parameter.Type),
                _ => default,
            };
            if (role is not ReceivedRole.None)
            {
                return new ReceivedMessage(variable, type, transport, role, variable.Locations[0].SourceSpan.Start);
            }
        }

        return null;
    }

    /// <summary>Whether a symbol belongs to the library of a transport.</summary>
    public bool IsOfTransport(ISymbol symbol) => transports.Any(transport => transport.IsOwnMember(symbol));

    /// <summary>What holds the message that an operation is computed from.</summary>
    public ReceivedMessage? In(IOperation operation, CancellationToken cancellation)
    {
        foreach (var inner in ComputedFrom.Of(operation, cancellation))
        {
            var variable = inner switch
            {
                ILocalReferenceOperation { Local: var local } => local,
                IParameterReferenceOperation { Parameter: var parameter } => (ISymbol)parameter,
                _ => null,
            };
            if (variable is not null && Of(variable) is { } message)
            {
                return message;
            }
        }

        return null;
    }

    // A local that is declared empty holds a message from its first assignment on.
    private static int? SinceOf(ISymbol variable, SyntaxNode place, SemanticModel model, CancellationToken cancellation)
    {
        if (variable is not ILocalSymbol { DeclaringSyntaxReferences: [var declaration] } || declaration.GetSyntax(cancellation) is not VariableDeclaratorSyntax declarator
            || declarator.Initializer is { Value: var value } && !value.IsKind(SyntaxKind.NullLiteralExpression) && !value.IsKind(SyntaxKind.DefaultLiteralExpression))
        {
            return variable.Locations[0].SourceSpan.Start;
        }

        foreach (var node in EnclosingBody.Of(declarator)?.DescendantNodes() ?? [])
        {
            if (node.SpanStart < place.SpanStart && node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var name } target } && name == variable.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(target, cancellation).Symbol, variable))
            {
                return node.SpanStart;
            }
        }

        return null;
    }

    // What one of several was taken from: a loop's collection, or what a lambda is handed to.
    private static ReceivedMessage? SourceOf(ReceivedMessage message, List<ReceivedMessage> others, SemanticModel model, CancellationToken cancellation)
    {
        if (message.Variable.DeclaringSyntaxReferences is not [var declaration])
        {
            return null;
        }

        var node = declaration.GetSyntax(cancellation);
        var context = node switch
        {
            ForEachStatementSyntax { Expression: var collection } => new SyntaxNode[] { collection },
            VariableDeclaratorSyntax { Initializer.Value: var value } => new SyntaxNode[] { value },
            ParameterSyntax => node.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>()?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
                ? call.ArgumentList.Arguments.Where(argument => !argument.Span.Contains(node.Span)).Select(static argument => (SyntaxNode)argument.Expression).Append(call.Expression)
                : [],
            _ => [],
        };
        foreach (var source in context)
        {
            if (model.GetOperation(source is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access ? access.Expression : source, cancellation) is { } operation)
            {
                foreach (var inner in ComputedFrom.Of(operation, cancellation))
                {
                    var variable = (inner as ILocalReferenceOperation)?.Local ?? (ISymbol?)(inner as IParameterReferenceOperation)?.Parameter;
                    if (variable is not null && others.Find(other => other != message && SymbolEqualityComparer.Default.Equals(other.Variable, variable)) is { } found)
                    {
                        return found;
                    }
                }
            }
        }

        return null;
    }
}
