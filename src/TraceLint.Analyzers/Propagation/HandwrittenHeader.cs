using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// Headers written by hand. The names are those of W3C Trace Context, B3, Jaeger, AWS X-Ray, SkyWalking, Elastic, New
/// Relic, Datadog, MassTransit, Azure and CloudEvents; <c>tracestate</c> and <c>baggage</c> alone carry no context.
/// </summary>
internal static class HandwrittenHeader
{
    private static readonly HashSet<string> s_contextNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "traceparent", "ce_traceparent", "ce-traceparent", "parent-id", "b3", "X-B3-TraceId", "uber-trace-id", "X-Amzn-Trace-Id",
        "AWSTraceHeader", "sw8", "elastic-apm-traceparent", "newrelic", "x-datadog-trace-id", "MT-Activity-Id", "Diagnostic-Id", "Request-Id",
    };

    // A team's own name for it: not known, hence not judged.
    private static readonly string[] s_hints = ["trace", "span", "activity", "telemetry", "otel", "apm", "x-b3", "datadog"];
    private static readonly HashSet<string> s_noContext = new(StringComparer.OrdinalIgnoreCase) { "tracestate", "baggage" };

    /// <summary>Whether a name is known to be that of a header with a context.</summary>
    public static bool IsContext(string name) => s_contextNames.Contains(name);

    /// <summary>Whether a name is known to be that of a header that belongs to a context.</summary>
    public static bool IsOfContext(string name) => s_contextNames.Contains(name) || string.Equals(name, "tracestate", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a name may be that of somebody's own header with a context.</summary>
    public static bool MayBeContext(string name) => s_contextNames.Contains(name) || HasHint(name);

    /// <summary>What a header of the given name is, as far as its name says.</summary>
    /// <param name="name">The operand that names the header.</param>
    /// <param name="project">The project being compiled. Only its fields are read: those of others show their source in the IDE, not in a build.</param>
    /// <param name="text">The name, when it can be read.</param>
    public static EntryMeaning MeaningOf(IOperation name, IAssemblySymbol project, out string text)
    {
        text = TextOf(name, project) ?? "";
        return text switch
        {
            "" => EntryMeaning.Unclear,
            _ when s_contextNames.Contains(text) => EntryMeaning.Context,
            _ when s_noContext.Contains(text) => EntryMeaning.Business,
            _ => HasHint(text) ? EntryMeaning.Unclear : EntryMeaning.Business,
        };
    }

    private static bool HasHint(string text)
    {
        foreach (var hint in s_hints)
        {
            if (text.IndexOf(hint, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    // A literal or a constant; or a static readonly field that is set to a literal, the other way to name a header once.
    private static string? TextOf(IOperation name, IAssemblySymbol project) => name switch
    {
        { ConstantValue: { HasValue: true, Value: string constant } } => constant,
        IFlowCaptureReferenceOperation { Syntax: LiteralExpressionSyntax literal } when literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
        IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true, DeclaringSyntaxReferences: [var declaration] } field }
            when field.ContainingType.StaticConstructors.All(static constructor => constructor.IsImplicitlyDeclared) && SymbolEqualityComparer.Default.Equals(field.ContainingAssembly, project) && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal }
                && literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
        _ => null,
    };
}
