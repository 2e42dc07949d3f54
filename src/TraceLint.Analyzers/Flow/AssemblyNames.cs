namespace TraceLint.Flow;

/// <summary>What the name of an assembly says.</summary>
internal static class AssemblyNames
{
    /// <summary>OpenTelemetry and tracing agents.</summary>
    public static readonly string[] Agents = ["Datadog", "Elastic.Apm", "NewRelic", "OpenTelemetry", "Sentry", "SkyApm"];

    /// <summary>Whether an assembly has one of some names, or one that continues it after a dot.</summary>
    public static bool IsOneOf(string assembly, params string[] names)
    {
        foreach (var name in names)
        {
            if (assembly.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (assembly.Length == name.Length || assembly[name.Length] == '.'))
            {
                return true;
            }
        }

        return false;
    }
}
