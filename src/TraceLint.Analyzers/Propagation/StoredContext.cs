using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// The W3C context that is stored beside what is published, as in the rows of an outbox: the published message is made from
/// <c>row.Payload</c>, and the row has a text called <c>TraceParent</c>.
/// </summary>
/// <param name="Parent">The expression that reads the <c>traceparent</c>, e.g. <c>row.TraceParent</c>.</param>
/// <param name="State">The expression that reads the <c>tracestate</c>; null where the row has none.</param>
internal sealed record StoredContext(string Parent, string? State)
{
    /// <summary>The name of the header, and of the member but for case and underscores.</summary>
    public const string TraceParent = "traceparent";
    /// <inheritdoc cref="TraceParent"/>
    public const string TraceState = "tracestate";

    /// <summary>The context that is stored beside what a publish is handed; null when nothing like it is in reach.</summary>
    public static StoredContext? At(IInvocationOperation publish, CancellationToken cancellation)
    {
        var reachable = publish.SemanticModel?.LookupSymbols(publish.Syntax.SpanStart);
        foreach (var operation in ComputedFrom.Of(publish, cancellation))
        {
            var row = operation is IPropertyReferenceOperation or IFieldReferenceOperation
                ? ((IMemberReferenceOperation)operation).Instance?.Unconverted() switch
                {
                    ILocalReferenceOperation reference => (ISymbol)reference.Local,
                    IParameterReferenceOperation reference => reference.Parameter,
                    _ => null,
                }
                : null;
            if (row is not null && reachable is { } symbols && symbols.Contains(row, SymbolEqualityComparer.Default)
                && MemberOf(row, TraceParent) is { } parent)
            {
                return new StoredContext(parent, MemberOf(row, TraceState));
            }
        }

        return null;
    }

    private static string? MemberOf(ISymbol row, string name)
    {
        var rowType = row is ILocalSymbol local ? local.Type : ((IParameterSymbol)row).Type;
        for (var type = rowType; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal }
                    && member is IPropertySymbol { Type.SpecialType: SpecialType.System_String, GetMethod: not null, Parameters.IsEmpty: true }
                        or IFieldSymbol { Type.SpecialType: SpecialType.System_String, AssociatedSymbol: null }
                    && string.Equals(member.Name.Replace("_", ""), name, StringComparison.OrdinalIgnoreCase))
                {
                    return $"{row.Name}.{member.Name}";
                }
            }
        }

        return null;
    }
}
