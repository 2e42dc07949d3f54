using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;
using TraceLint.Configuration;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// Whether a span may be current where code runs. In a library it may: the callers may trace. In a program it may not, unless the
/// program or anything that it references starts spans or belongs to a tracing library, an agent or ASP.NET Core.
/// </summary>
internal sealed class TracedProgram(CompilationContext context)
{
    // A name, and all names that continue it with a dot.
    private static readonly string[] s_tracingAssemblies =
    [
        "AWSXRayRecorder", "Microsoft.ApplicationInsights", "Microsoft.AspNetCore", "OpenTracing", .. AssemblyNames.Agents,
    ];

    private static readonly string[] s_words =
    [
        "ActivityListener", .. SpanStarts.Words.Where(static word => word is not ("Activity" or "ActivityContext")),
    ];

    private readonly object _gate = new();
    private bool? _mayTrace;

    /// <summary>Whether a span may be current in the code of a file; a setting takes precedence over what is found.</summary>
    public bool MayTraceAt(SyntaxTree file, CancellationToken cancellation) => context.Settings.At(file).Tracing switch
    {
        TracingChoice.Always => true,
        TracingChoice.Never => false,
        _ => MayTrace(cancellation),
    };

    private bool MayTrace(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _mayTrace ??= context.Compilation is var compilation
                && (!IsProgram(compilation)
                    || compilation.ReferencedAssemblyNames.Any(static assembly => AssemblyNames.IsOneOf(assembly.Name, s_tracingAssemblies))
                    || StartsSpans(compilation, cancellation)
                    || CallsDeclaredStart(cancellation)
                    || compilation.References.Any(reference => StartsSpans(reference, cancellation)));
        }
    }

    private static bool IsProgram(Compilation compilation)
        => compilation.Options.OutputKind
            is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication;

    private bool StartsSpans(MetadataReference reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return reference is CompilationReference { Compilation: var project } ? StartsSpans(project, cancellation)
            : context.Compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly
                && !AssemblyNames.IsOneOf(assembly.Name, "System")
                && StartsSpans(assembly);
    }

    // Words in comments count as well: at worst, a warning is reported instead of an Info.
    private static bool StartsSpans(Compilation project, CancellationToken cancellation)
        => SourceWords.StandAnywhere(s_words, project, cancellation)
            || project.SyntaxTrees.Any(tree => SourceWords.StandsIn(tree, "Activity", cancellation)
                && FileIndex.Of(tree, cancellation).Creations.ContainsKey("Activity"));

    private bool CallsDeclaredStart(CancellationToken cancellation)
    {
        var names = context.Settings.SpanStartMethodsIn(context.Compilation).Select(static pattern => pattern.MethodName).OfType<string>();
        return SourceWords.StandAnywhere(names.ToList(), context.Compilation, cancellation);
    }

    /// <summary>
    /// Whether a library starts spans, going by what it uses: <c>ActivitySource</c>, or an <c>Activity</c> that it creates. One that
    /// only reads <c>Activity.Current</c>, as loggers do, does not. A reference assembly has no bodies: there an Activity in a
    /// signature counts.
    /// </summary>
    private static bool StartsSpans(IAssemblySymbol library)
    {
        if (library.GetMetadata()?.GetModules() is not [var module, ..])
        {
            return false;
        }

        try
        {
            var metadata = module.GetMetadataReader();
            var activity = default(TypeReferenceHandle);
            var isReferenceAssembly = false;
            foreach (var handle in metadata.TypeReferences)
            {
                var type = metadata.GetTypeReference(handle);
                if (metadata.StringComparer.Equals(type.Namespace, "System.Diagnostics"))
                {
                    if (metadata.StringComparer.Equals(type.Name, "ActivitySource"))
                    {
                        return true;
                    }

                    activity = metadata.StringComparer.Equals(type.Name, "Activity") ? handle : activity;
                }

                isReferenceAssembly |= metadata.StringComparer.Equals(type.Name, "ReferenceAssemblyAttribute");
            }

            return !activity.IsNil && (isReferenceAssembly || Makes(activity, metadata));
        }
        catch (BadImageFormatException)
        {
            return true;
        }
    }

    private static bool Makes(TypeReferenceHandle type, MetadataReader metadata)
    {
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent == type && metadata.StringComparer.Equals(member.Name, ".ctor"))
            {
                return true;
            }
        }

        return false;
    }
}
