using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>The types that spans and their contexts are made of.</summary>
/// <param name="Source">Starts spans, or returns null.</param>
/// <param name="Span">The span.</param>
/// <param name="Context">What of it travels.</param>
/// <param name="PropagationContext">OpenTelemetry's pair of a context and a baggage; null where it is not referenced.</param>
internal sealed record SpanTypes(INamedTypeSymbol Source, INamedTypeSymbol Span, INamedTypeSymbol Context, INamedTypeSymbol? PropagationContext)
{
    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string ActivitySource = "System.Diagnostics.ActivitySource";
        public const string ActivityContext = "System.Diagnostics.ActivityContext";
        public const string ActivityKind = "System.Diagnostics.ActivityKind";
        public const string ActivityLink = "System.Diagnostics.ActivityLink";
    }

    /// <summary>The types as a compilation sees them; null before DiagnosticSource 5, where no span is ever missing.</summary>
    public static SpanTypes? In(Compilation compilation)
        => compilation.TypeNamed(Names.ActivitySource) is { } source
            && compilation.TypeNamed(SystemDiagnostics.Names.Activity) is { } span
            && compilation.TypeNamed(Names.ActivityContext) is { } context
                ? new SpanTypes(source, span, context, compilation.TypeNamed(OpenTelemetryApi.Names.PropagationContext))
                : null;

    public bool IsSpan(ITypeSymbol? type) => Is(type, Span);

    /// <summary>Whether a method takes a span.</summary>
    public bool TakesSpan(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (IsSpan(parameter.Type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a type is that of a context, nullable or not.</summary>
    public bool IsContext(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] })
        {
            type = value;
        }

        return Is(type, Context) || (PropagationContext is not null && Is(type, PropagationContext));
    }

    /// <summary>Whether a method starts a span or makes one to be started.</summary>
    public bool IsCreation(IMethodSymbol method) => method.Name is "StartActivity" or "CreateActivity" && Is(method.ContainingType, Source);

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol known) => SymbolEqualityComparer.Default.Equals(type, known);
}
