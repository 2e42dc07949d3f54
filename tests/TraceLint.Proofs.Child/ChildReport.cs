namespace TraceLint.Proofs.Child;

/// <summary>What a child process knows of the trace it was started in: the environment variables that carry it.</summary>
public static class ChildReport
{
    private static readonly string[] s_variables = ["TRACEPARENT", "TRACESTATE", "BAGGAGE"];

    /// <summary>Writes the report of this process to a folder.</summary>
    public static void Write(string folder)
    {
        var report = Path.Combine(folder, $"{Environment.ProcessId}");
        File.WriteAllLines(report, s_variables.Select(static name => $"{name}={Environment.GetEnvironmentVariable(name)}"));
    }

    /// <summary>The variables that were set.</summary>
    public static IReadOnlyCollection<(string Name, string? Value)> Read(string report)
        => [.. File.ReadLines(report).Select(static line => line.Split('=', 2)).Where(static parts => parts[1].Length > 0).Select(static parts => (parts[0], (string?)parts[1]))];
}
