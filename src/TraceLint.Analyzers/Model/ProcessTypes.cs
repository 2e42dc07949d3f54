using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// <c>System.Diagnostics.Process</c>. The carrier is the child's environment, which <c>ProcessStartInfo.Environment</c>
/// holds: TRACEPARENT, TRACESTATE and BAGGAGE, in upper case.
/// </summary>
/// <param name="Process">The type <c>Process</c>.</param>
/// <param name="StartInfo">The type <c>ProcessStartInfo</c>.</param>
/// <param name="ShellByDefault">
/// Whether a process may be started through the shell by default, as it is on .NET Framework, and where .NET Standard code runs on it.
/// </param>
internal sealed record ProcessTypes(INamedTypeSymbol Process, INamedTypeSymbol StartInfo, bool ShellByDefault)
{
    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Process = "System.Diagnostics.Process";
        public const string ProcessStartInfo = "System.Diagnostics.ProcessStartInfo";
    }

    /// <summary>Code that starts a process contains one of these words.</summary>
    public static readonly string[] Words = ["Process", "ProcessStartInfo"];

    /// <summary>The environment variable that holds the context.</summary>
    public const string Variable = "TRACEPARENT";

    /// <summary>The types in a compilation; null when one is missing.</summary>
    public static ProcessTypes? In(Compilation compilation)
        => compilation.TypeNamed(Names.Process) is { } process && compilation.TypeNamed(Names.ProcessStartInfo) is { } startInfo
            ? new ProcessTypes(
                process,
                startInfo,
                compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly.Name is "mscorlib" or "netstandard")
            : null;

    /// <summary>Whether a call starts a process.</summary>
    public bool IsStart(IInvocationOperation call)
        => call.TargetMethod.Name == "Start" && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, Process);

    /// <summary>Whether a type is <c>ProcessStartInfo</c>.</summary>
    public bool IsStartInfo(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, StartInfo);
}
