using Microsoft.CodeAnalysis;

namespace TraceLint.Propagation;

/// <summary>
/// Library code that is often handed a message and never writes to it: logging, serialization, printing, checks. A
/// collection is none: what is put into it can be taken out and injected into elsewhere.
/// </summary>
internal static class Bystanders
{
    private static readonly string[] s_namespaces =
    [
        "Microsoft.Extensions.Logging", "Newtonsoft.Json", "NLog", "Serilog", "System.Text.Json",
    ];

    private static readonly HashSet<string> s_systemTypes = new(StringComparer.Ordinal)
    {
        "ArgumentException", "ArgumentNullException", "Console", "Debug", "Object", "String", "Trace",
    };

    /// <summary>Whether a method looks at its arguments at most.</summary>
    public static bool Contains(IMethodSymbol method)
    {
        if (method.ContainingType is not { } type || type.Locations is [{ IsInSource: true }, ..])
        {
            return false;
        }

        if (type.SpecialType is SpecialType.System_Object or SpecialType.System_String)
        {
            return true;
        }

        var name = type.ContainingNamespace.ToDisplayString();
        if (name is "System" or "System.Diagnostics")
        {
            return s_systemTypes.Contains(type.Name);
        }

        foreach (var bystander in s_namespaces)
        {
            if (name.StartsWith(bystander, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
