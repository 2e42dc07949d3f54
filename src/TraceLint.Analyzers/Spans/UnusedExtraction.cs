using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>A context that is extracted into a local which nobody reads but for its baggage.</summary>
internal static class UnusedExtraction
{
    /// <summary>The local.</summary>
    /// <param name="extractions">All extractions of the body.</param>
    /// <param name="start">Where the span starts: the local is in scope there.</param>
    /// <returns>Null when any of the extractions may be used.</returns>
    public static ILocalSymbol? Of(IReadOnlyList<IOperation> extractions, SyntaxNode start, SemanticModel model)
    {
        ILocalSymbol? unused = null;
        foreach (var extraction in extractions)
        {
            if (ResultOf(extraction) is not { } local || (unused is not null && !SymbolEqualityComparer.Default.Equals(unused, local)))
            {
                return null;
            }

            unused = local;
        }

        return unused is not null && !IsRead(unused, extractions[0])
            && unused.Locations[0].SourceSpan.Start < start.SpanStart && model.LookupSymbols(start.SpanStart, name: unused.Name).Contains(unused, SymbolEqualityComparer.Default)
                ? unused
                : null;
    }

    private static ILocalSymbol? ResultOf(IOperation extraction)
    {
        if (extraction is IInvocationOperation call)
        {
            foreach (var argument in call.Arguments)
            {
                if (argument is { Parameter.RefKind: RefKind.Out, Value: IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var local } } } && ExtractionSigns.IsContextType(local.Type))
                {
                    return call.Parent is IExpressionStatementOperation ? local : null;
                }
            }
        }

        for (var operation = extraction; operation is not null; operation = operation.Parent)
        {
            if (operation is IVariableDeclaratorOperation { Symbol: var local } && ExtractionSigns.IsContextType(local.Type))
            {
                return local;
            }
        }

        return null;
    }

    private static bool IsRead(ILocalSymbol local, IOperation within)
    {
        var root = within;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        foreach (var operation in root.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var read, Parent: not IDeclarationExpressionOperation } && SymbolEqualityComparer.Default.Equals(read, local)
                && operation.Parent is not IPropertyReferenceOperation { Property.Name: "Baggage" })
            {
                return true;
            }
        }

        return false;
    }
}
