using Microsoft.CodeAnalysis;

namespace TraceLint.Rules;

/// <summary>A program that is started.</summary>
/// <param name="File">The program file.</param>
/// <param name="Arguments">The arguments, or the first of them; null when there are none.</param>
internal sealed record ChildProgram(IOperation File, IOperation? Arguments);

/// <summary>How a child process is started.</summary>
/// <param name="Programs">The programs that it may be: several where a condition decides which start info is used.</param>
/// <param name="UsesShell">Whether the shell starts the process: then its environment cannot be set.</param>
/// <param name="HasInput">Whether the code writes to the standard input of the process.</param>
/// <param name="MayCarry">Whether its environment may contain the context, because it does or because not all of it is visible.</param>
internal sealed record ChildStart(IReadOnlyList<ChildProgram> Programs, bool UsesShell, bool HasInput, bool MayCarry);
