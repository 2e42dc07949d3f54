using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Spans;

namespace TraceLint.Snippets;

/// <summary>The object from which a pair of ids was read.</summary>
/// <param name="Text">The expression for the object.</param>
/// <param name="Type">The type of the object.</param>
/// <param name="IsConditional">Whether the object may be null, and the ids are read with <c>?.</c>.</param>
internal sealed record IdHolder(string Text, ITypeSymbol? Type, bool IsConditional);

/// <summary>The flags that belong to a pair of ids: a member of the object that has the ids.</summary>
internal static class FlagsInReach
{
    /// <summary>The expression for the flags at a position.</summary>
    /// <returns>Null when the ids come from different objects, or the object has no flags, may be null or is not accessible.</returns>
    public static string? Of(ParentIds ids, int position, SemanticModel model, CancellationToken cancellation)
        => HolderOf(ids, position, model, cancellation) is { IsConditional: false } holder
            && FlagsOf(holder.Type, position, model) is { } flags
                ? $"{holder.Text}.{flags.Name}"
                : null;

    /// <summary>The same as <see cref="Of"/>, but for an object that may be null too, with no flags if it is null.</summary>
    public static string? OfMaybe(ParentIds ids, int position, SemanticModel model, CancellationToken cancellation)
        => HolderOf(ids, position, model, cancellation) is { } holder && FlagsOf(holder.Type, position, model) is { } flags
            ? holder.IsConditional ? $"({holder.Text}?.{flags.Name} ?? default)" : $"{holder.Text}.{flags.Name}"
            : null;

    /// <summary>
    /// The object from which both ids were read, if it can be read again; the object with the trace id, if the span id is a new one.
    /// </summary>
    public static IdHolder? HolderOf(ParentIds ids, int position, SemanticModel model, CancellationToken cancellation)
    {
        var span = IdSource.Of(ids.SpanId, cancellation);
        return IdSource.Of(ids.TraceId, cancellation).Holder is { } holder
            && (span.Origin is IdOrigin.MadeUp || (span.Holder is { } other && holder.Syntax.IsEquivalentTo(other.Syntax)))
            && IsInReach(holder, ids, position, model)
                ? new IdHolder(holder.Syntax.WithoutTrivia().ToString(), holder.Type, holder.Parent is IConditionalAccessOperation)
                : null;
    }

    // Ids in locals may be older than the members of their holder, unless the holder is a local or a parameter that is still the same.
    private static bool IsInReach(IOperation holder, ParentIds ids, int position, SemanticModel model)
    {
        if (ids.SpanId.Syntax.Span.Contains(holder.Syntax.Span) || ids.TraceId.Syntax.Span.Contains(holder.Syntax.Span))
        {
            return holder.Syntax.DescendantNodesAndSelf().All(static node => node is not InvocationExpressionSyntax);
        }

        ISymbol? variable = holder switch
        {
            ILocalReferenceOperation { Local: var local } => local,
            IParameterReferenceOperation { Parameter: var parameter } => parameter,
            _ => null,
        };
        return variable is not null
            && model.LookupSymbols(position, name: variable.Name) is [var found]
            && SymbolEqualityComparer.Default.Equals(found, variable);
    }

    private static ISymbol? FlagsOf(ITypeSymbol? type, int position, SemanticModel model)
    {
        ISymbol? flags = null;
        for (; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is { IsStatic: false }
                    && IsFlags((member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type)
                    && model.IsAccessible(position, member))
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

    private static bool IsFlags(ITypeSymbol? type)
        => type is { Name: "ActivityTraceFlags", ContainingNamespace: { Name: "Diagnostics", ContainingNamespace.Name: "System" } };
}
