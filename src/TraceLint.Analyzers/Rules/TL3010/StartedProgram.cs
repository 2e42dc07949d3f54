using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Engine;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>What is known about a program that is started.</summary>
internal enum ProgramKind
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>It starts no spans, or is only asked for its version.</summary>
    Tool,

    /// <summary>It is a program of the solution, or run by <c>dotnet</c>.</summary>
    Traces,
}

/// <summary>Tells which program a child process runs.</summary>
internal static class StartedProgram
{
    private static readonly string[] s_extensions = [".exe", ".cmd", ".bat", ".com", ".dll"];
    private static readonly char[] s_separators = ['/', '\\'];
    private static readonly char[] s_spaces = [' ', '\t'];

    /// <summary>What is known about a program that may be one of several: what is known about all of them.</summary>
    public static ProgramKind Of(ChildStart start, SyntaxTree tree, CompilationContext context)
    {
        var kinds = start.Programs.Select(program => Of(program, tree, context)).Distinct().ToList();
        return kinds.Contains(ProgramKind.Tool) ? ProgramKind.Tool : kinds.Count == 1 ? kinds[0] : ProgramKind.Unknown;
    }

    private static ProgramKind Of(ChildProgram start, SyntaxTree tree, CompilationContext context)
    {
        var argument = start.Arguments.Count > 0 ? FirstWord(TextOf(start.Arguments[0], isLeading: true)) : null;
        if (argument is not null && KnownTools.IsQuestion(argument))
        {
            return ProgramKind.Tool;
        }

        if (IsOwnExecutable(start.File))
        {
            return ProgramKind.Traces;
        }

        if (TextOf(start.File, isLeading: false) is not { } path)
        {
            return ProgramKind.Unknown;
        }

        if (context.Settings.IsUntracedProgram(path, tree))
        {
            return ProgramKind.Tool;
        }

        if (context.Settings.IsTracingProgram(path, tree))
        {
            return ProgramKind.Traces;
        }

        var name = NameOf(path);
        if (string.Equals(name, "dotnet", StringComparison.OrdinalIgnoreCase))
        {
            return argument is not null && KnownTools.IsSdkCommand(argument) ? ProgramKind.Tool
                : argument is not null || start.Arguments.Any(RunsAssembly) ? ProgramKind.Traces
                : ProgramKind.Unknown;
        }

        return KnownTools.Contains(name) || path.IndexOf("://", StringComparison.Ordinal) >= 0 ? ProgramKind.Tool
            : IsOfSolution(name, context.Compilation) ? ProgramKind.Traces
            : ProgramKind.Unknown;
    }

    // The arguments decide what dotnet does: the assembly that it runs may come after the first literal.
    private static bool RunsAssembly(Value argument)
        => IsOwnExecutable(argument)
            || ComposedText.Of(argument).Parts.Any(
                static part => part.Constant is string text
                    && FirstWord(text)?.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) is true);

    private static string NameOf(string path)
    {
        path = path.Trim().Trim('"');
        var name = path.Substring(path.LastIndexOfAny(s_separators) + 1);
        foreach (var extension in s_extensions)
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                return name.Substring(0, name.Length - extension.Length);
            }
        }

        return name;
    }

    // The project's own assembly, or one whose name has the same first part.
    private static bool IsOfSolution(string name, Compilation compilation)
    {
        if (compilation.AssemblyName is not { } own)
        {
            return false;
        }

        var dot = own.IndexOf('.');
        return string.Equals(name, own, StringComparison.OrdinalIgnoreCase)
            || (dot > 0 && name.Length > dot + 1 && name.StartsWith(own.Substring(0, dot + 1), StringComparison.OrdinalIgnoreCase));
    }

    // Environment.ProcessPath, the main module of the current process, the entry assembly.
    private static bool IsOwnExecutable(Value file) => file.Sources.Any(static source => source switch
    {
        IPropertyReferenceOperation { Property: { Name: "ProcessPath", ContainingType.Name: "Environment" } } => true,
        IPropertyReferenceOperation { Property: { Name: "FileName", ContainingType.Name: "ProcessModule" } }
            => IsReadOff(source.Syntax, "GetCurrentProcess"),
        IPropertyReferenceOperation { Property: { Name: "Location", ContainingType.Name: "Assembly" } }
            => IsReadOff(source.Syntax, "GetEntryAssembly") || IsReadOff(source.Syntax, "GetExecutingAssembly"),
        IArrayElementReferenceOperation
        {
            ArrayReference: IInvocationOperation { TargetMethod: { Name: "GetCommandLineArgs", ContainingType.Name: "Environment" } }
        }
            => true,
        IPropertyReferenceOperation { Property: { Name: "ExecutablePath", ContainingType.Name: "Application" } } => true,
        _ => false,
    });

    // Also behind question marks.
    private static bool IsReadOff(SyntaxNode member, string method)
        => member.AncestorsAndSelf().TakeWhile(static node => node is ExpressionSyntax)
            .Any(access => access.ToString().Contains(method + "()"));

    // The text, or what is known of its beginning or its end.
    private static string? TextOf(Value value, bool isLeading)
    {
        var parts = ComposedText.Of(value).Parts;
        return (isLeading ? parts.FirstOrDefault() : parts.LastOrDefault())?.Constant as string;
    }

    private static string? FirstWord(string? text)
        => text?.TrimStart() is { Length: > 0 } trimmed
            ? (trimmed.IndexOfAny(s_spaces) is var end and > 0 ? trimmed.Substring(0, end) : trimmed).Trim('"')
            : null;
}
