using Microsoft.CodeAnalysis;
using TraceLint.Configuration;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>
/// Whether a project traces: it references OpenTelemetry, or starts a span itself, also by a method that is declared to. Rules about work inside the process
/// speak only there: elsewhere there is no trace to lose.
/// </summary>
/// <param name="starts">What starts spans.</param>
/// <param name="context">The project.</param>
internal sealed class TracingCode(SpanStarts starts, CompilationContext context)
{
    private readonly object _gate = new();
    private bool? _traces;

    /// <summary>Whether the code of a file counts as code that traces: as the settings say, else as the project does.</summary>
    public bool TracesIn(SyntaxTree file, CancellationToken cancellation) => context.Settings.At(file).Tracing switch
    {
        TracingChoice.Always => true,
        TracingChoice.Never => false,
        _ => Traces(cancellation),
    };

    /// <summary>Whether the project does; found out once, when first asked.</summary>
    public bool Traces(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _traces ??= IsReferencedBy(context.Compilation) || StartsSpan(cancellation);
        }
    }

    /// <summary>Whether a project references OpenTelemetry.</summary>
    public static bool IsReferencedBy(Compilation compilation)
    {
        foreach (var assembly in compilation.ReferencedAssemblyNames)
        {
            if (assembly.Name is "OpenTelemetry" or "OpenTelemetry.Api")
            {
                return true;
            }
        }

        return false;
    }

    // Start is everybody's word, and an Activity that is made by hand is made with new.
    private bool StartsSpan(CancellationToken cancellation)
    {
        foreach (var name in SpanStarts.CalledNames)
        {
            if (name is not "Start" && CallIndex.CallsOf(name, context, cancellation).Any(call => starts.Of(call) is not null))
            {
                return true;
            }
        }

        foreach (var name in context.Settings.SpanStartMethodsIn(context.Compilation).Select(static pattern => pattern.MethodName).OfType<string>().Distinct())
        {
            if (CallIndex.CallsOf(name, context, cancellation).Any(call => context.Settings.StartsSpan(call.TargetMethod, call.Syntax.SyntaxTree)))
            {
                return true;
            }
        }

        return false;
    }
}
