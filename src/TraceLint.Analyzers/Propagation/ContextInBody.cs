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
    private const int MaxOperations = 500;

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
        var pending = new Queue<IOperation>();
        var locals = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        pending.Enqueue(root);
        for (var seen = 0; pending.Count > 0 && seen < MaxOperations; seen++)
        {
            cancellation.ThrowIfCancellationRequested();
            var operation = pending.Dequeue();
            if (IsSign(operation, out sign))
            {
                return true;
            }

            if (operation is ILocalReferenceOperation { Local: var local } reference && locals.Add(local)
                && DeclaredValue(local, reference, cancellation) is { } value)
            {
                pending.Enqueue(value);
            }

            foreach (var child in operation.ChildOperations)
            {
                pending.Enqueue(child);
            }
        }

        sign = "";
        return false;
    }

    private static IOperation? DeclaredValue(ILocalSymbol local, ILocalReferenceOperation reference, CancellationToken cancellation)
    {
        if (local.DeclaringSyntaxReferences is not [var declaration] || reference.SemanticModel is not { } model)
        {
            return null;
        }

        return model.GetOperation(declaration.GetSyntax(cancellation), cancellation) is IVariableDeclaratorOperation { Initializer.Value: { } value } ? value : null;
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
