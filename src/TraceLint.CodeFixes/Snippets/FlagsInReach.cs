using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Spans;

namespace TraceLint.Snippets;

/// <summary>The flags that belong to a pair of ids: a member of what the ids are members of.</summary>
internal static class FlagsInReach
{
    /// <summary>How to write them.</summary>
    /// <param name="position">Where they are to be written.</param>
    /// <returns>Null when the ids come from different objects, or from one that has no flags, may be null or is out of reach.</returns>
    public static string? Of(ParentIds ids, int position, SemanticModel model, CancellationToken cancellation)
        => IdSource.Of(ids.TraceId, cancellation).Holder is { } holder
            && IdSource.Of(ids.SpanId, cancellation).Holder is { } other
            && holder.Syntax.IsEquivalentTo(other.Syntax)
            && holder.Parent is not IConditionalAccessOperation
            && IsInReach(holder, ids, position, model)
            && FlagsOf(holder.Type, position, model) is { } flags
                ? $"{holder.Syntax.WithoutTrivia()}.{flags.Name}"
                : null;

    // Ids that were kept in locals may be older than what their holder's members say by now; a local or a parameter is the same one still.
    private static bool IsInReach(IOperation holder, ParentIds ids, int position, SemanticModel model)
    {
        if (ids.SpanId.Syntax.Span.Contains(holder.Syntax.Span) || ids.TraceId.Syntax.Span.Contains(holder.Syntax.Span))
        {
            return holder.Syntax.DescendantNodes().All(static node => node is not Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax);
        }

        ISymbol? variable = holder switch
        {
            ILocalReferenceOperation { Local: var local } => local,
            IParameterReferenceOperation { Parameter: var parameter } => parameter,
            _ => null,
        };
        return variable is not null && model.LookupSymbols(position, name: variable.Name) is [var found] && SymbolEqualityComparer.Default.Equals(found, variable);
    }

    private static ISymbol? FlagsOf(ITypeSymbol? type, int position, SemanticModel model)
    {
        ISymbol? flags = null;
        for (; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is { IsStatic: false } && IsFlags((member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type) && model.IsAccessible(position, member))
                {
                    if (flags is not null)
                    {
                        return null;
                    }

                    flags = member;
                }
            }
        }

        return flags;
    }

    private static bool IsFlags(ITypeSymbol? type) => type is { Name: "ActivityTraceFlags", ContainingNamespace: { Name: "Diagnostics", ContainingNamespace.Name: "System" } };
}
