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
/// <param name="Command">The type <c>Command</c> of CliWrap, which starts a process with what it was built with.</param>
/// <param name="ShellByDefault">
/// Whether a process may be started through the shell by default, as it is on .NET Framework, and where .NET Standard code runs on it.
/// </param>
internal sealed record ProcessTypes(INamedTypeSymbol Process, INamedTypeSymbol StartInfo, INamedTypeSymbol? Command, bool ShellByDefault)
{
    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Process = "System.Diagnostics.Process";
        public const string ProcessStartInfo = "System.Diagnostics.ProcessStartInfo";
        public const string Command = "CliWrap.Command";
    }

    /// <summary>Code that starts a process contains one of these words.</summary>
    public static readonly string[] Words = ["CliWrap", "Process", "ProcessStartInfo"];

    /// <summary>The environment variable that holds the context.</summary>
    public const string Variable = "TRACEPARENT";

    /// <summary>The types in a compilation; null when one is missing.</summary>
    public static ProcessTypes? In(Compilation compilation)
        => compilation.TypeNamed(Names.Process) is { } process && compilation.TypeNamed(Names.ProcessStartInfo) is { } startInfo
            ? new ProcessTypes(
                process,
                startInfo,
                compilation.TypeNamed(Names.Command),
                compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly.Name is "mscorlib" or "netstandard")
            : null;

    /// <summary>The names of the methods that start a process: a cheap check before the semantic one.</summary>
    public static readonly string[] StartNames = ["Start", "ExecuteAsync", "ExecuteBufferedAsync"];

    /// <summary>Whether a call is <c>Process.Start</c>.</summary>
    public bool IsStart(IInvocationOperation call)
        => call.TargetMethod.Name == "Start" && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, Process);

    /// <summary>Whether a call executes a command of CliWrap, by a method of its own or an extension method of the library.</summary>
    public bool IsExecute(IInvocationOperation call)
        => Command is not null
            && call.TargetMethod is { Name: "ExecuteAsync" or "ExecuteBufferedAsync" } method
            && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, Command.ContainingAssembly)
            && IsCommand((call.Instance ?? call.Arguments.FirstOrDefault()?.Value)?.Type);

    /// <summary>Whether a type is CliWrap's command.</summary>
    public bool IsCommand(ITypeSymbol? type) => Command is not null && SymbolEqualityComparer.Default.Equals(type, Command);

    /// <summary>Whether a type is <c>ProcessStartInfo</c>.</summary>
    public bool IsStartInfo(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, StartInfo);
}
