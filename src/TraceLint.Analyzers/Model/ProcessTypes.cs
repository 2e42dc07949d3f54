using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// <c>System.Diagnostics.Process</c>. The carrier is the child's environment, which <c>ProcessStartInfo.Environment</c>
/// holds: TRACEPARENT, TRACESTATE and BAGGAGE, in upper case.
/// </summary>
/// <param name="Process">The process.</param>
/// <param name="StartInfo">How it is to be started.</param>
/// <param name="ShellByDefault">Whether it is started through the shell unless the code says otherwise: on .NET Framework, and perhaps where the code may run on it.</param>
internal sealed record ProcessTypes(INamedTypeSymbol Process, INamedTypeSymbol StartInfo, bool ShellByDefault)
{
    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Process = "System.Diagnostics.Process";
        public const string ProcessStartInfo = "System.Diagnostics.ProcessStartInfo";
    }

    /// <summary>The words without one of which no process is started.</summary>
    public static readonly string[] Words = ["Process", "ProcessStartInfo"];

    /// <summary>The variable that the context is in.</summary>
    public const string Variable = "TRACEPARENT";

    /// <summary>The types as a compilation sees them.</summary>
    public static ProcessTypes? In(Compilation compilation)
        => compilation.TypeNamed(Names.Process) is { } process && compilation.TypeNamed(Names.ProcessStartInfo) is { } startInfo
            ? new ProcessTypes(process, startInfo, compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly.Name is "mscorlib" or "netstandard")
            : null;

    /// <summary>Whether a call starts a process.</summary>
    public bool IsStart(IInvocationOperation call)
        => call.TargetMethod.Name == "Start" && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, Process);

    /// <summary>Whether a type is that of what a process is started with.</summary>
    public bool IsStartInfo(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, StartInfo);
}
