using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Propagation;

/// <summary>
/// A context that travels where no propagator put it: an envelope with trace members, a CloudEvent, an id of the current
/// activity in what is serialized or in a business header. The signs are enough to stay silent; they are never enough to
/// call the context carried.
/// </summary>
internal static class ContextInBody
{
    private static readonly string[] s_members =
    [
        "traceparent", "tracecontext", "traceid", "spanid", "spancontext", "activityid", "activitycontext", "propagationcontext",
        "tracingcontext", "traceheaders", "tracecarrier", "diagnosticid", "telemetrycontext",
    ];

    private static readonly HashSet<string> s_contextTypes = new(StringComparer.Ordinal)
    {
        "Activity", "ActivityContext", "ActivityTraceId", "ActivitySpanId", "SpanContext", "TelemetrySpan", "PropagationContext", "CloudEvent",
    };

    /// <summary>Whether what an operation is computed from shows a sign of a trace context.</summary>
    /// <param name="root">The payload; locals it uses are followed to what they are declared with.</param>
    /// <param name="sign">The member or type that gives it away.</param>
    public static bool IsIn(IOperation root, CancellationToken cancellation, out string sign)
    {
        foreach (var operation in ComputedFrom.Of(root, cancellation))
        {
            if (IsSign(operation, out sign))
            {
                return true;
            }
        }

        sign = "";
        return false;
    }

    private static bool IsSign(IOperation operation, out string sign)
    {
        sign = operation switch
        {
            IMemberReferenceOperation { Member: { Name: var name, ContainingType: var owner } } when IsContextType(owner) || IsTraceName(name) => name,
            _ => TypeSign(operation.Type),
        };
        return sign.Length > 0;
    }

    private static string TypeSign(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { SpecialType: SpecialType.None } named)
        {
            return "";
        }

        if (IsContextType(named))
        {
            return named.Name;
        }

        for (var current = named; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol or IFieldSymbol && IsTraceName(member.Name))
                {
                    return member.Name;
                }
            }
        }

        return "";
    }

    // A project may well have an Activity of its own that is no span.
    private static bool IsContextType(INamedTypeSymbol? type)
        => type is not null && s_contextTypes.Contains(type.Name)
            && type.ContainingNamespace.ToDisplayString() is var name
            && (name == "System.Diagnostics" || name.StartsWith("OpenTelemetry", StringComparison.Ordinal) || name.StartsWith("CloudNative", StringComparison.Ordinal));

    private static bool IsTraceName(string name)
    {
        foreach (var member in s_members)
        {
            if (name.IndexOf(member, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
