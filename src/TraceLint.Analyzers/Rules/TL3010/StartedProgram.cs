using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

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
    public static ProgramKind Of(ChildStart start, CompilationContext context, CancellationToken cancellation)
    {
        var kinds = start.Programs.Select(program => Of(program, context, cancellation)).Distinct().ToList();
        return kinds.Contains(ProgramKind.Tool) ? ProgramKind.Tool : kinds.Count == 1 ? kinds[0] : ProgramKind.Unknown;
    }

    private static ProgramKind Of(ChildProgram start, CompilationContext context, CancellationToken cancellation)
    {
        var argument = start.Arguments is { } arguments ? FirstWord(LeadingText(arguments, cancellation)) : null;
        if (argument is not null && KnownTools.IsQuestion(argument))
        {
            return ProgramKind.Tool;
        }

        var file = ValueOf(start.File, cancellation);
        if (IsOwnExecutable(file))
        {
            return ProgramKind.Traces;
        }

        if (LastText(file) is not { } path)
        {
            return ProgramKind.Unknown;
        }

        var tree = start.File.Syntax.SyntaxTree;
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
                : argument is not null || (start.Arguments is { } given && RunsAssembly(given, context, cancellation)) ? ProgramKind.Traces
                : ProgramKind.Unknown;
        }

        return KnownTools.Contains(name) || path.IndexOf("://", StringComparison.Ordinal) >= 0 ? ProgramKind.Tool
            : IsOfSolution(name, context.Compilation) ? ProgramKind.Traces
            : ProgramKind.Unknown;
    }

    // The arguments decide what dotnet does: the assembly that it runs may come after the first literal.
    private static bool RunsAssembly(IOperation arguments, CompilationContext context, CancellationToken cancellation)
    {
        foreach (var part in ComputedFrom.Of(arguments, cancellation))
        {
            if (IsOwnExecutable(part) || NamesAssembly(part)
                || (part is IFieldReferenceOperation { Field: { IsReadOnly: true } field }
                    && ValueOf(field, context, cancellation) is { } value
                    && value.DescendantsAndSelf().Any(inner => IsOwnExecutable(inner) || NamesAssembly(inner))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool NamesAssembly(IOperation text)
        => text.ConstantValue is { HasValue: true, Value: string value }
            && FirstWord(value)?.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) is true;

    private static IOperation? ValueOf(IFieldSymbol field, CompilationContext context, CancellationToken cancellation)
        => field.DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: var value }
            && context.Compilation.ContainsSyntaxTree(value.SyntaxTree)
                ? context.Of(value.SyntaxTree).GetOperation(value, cancellation)
                : null;

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
    private static bool IsOwnExecutable(IOperation file) => Bare(file) switch
    {
        IPropertyReferenceOperation { Property: { Name: "ProcessPath", ContainingType.Name: "Environment" } } => true,
        IPropertyReferenceOperation { Property: { Name: "FileName", ContainingType.Name: "ProcessModule" } } module
            => module.DescendantsAndSelf().Any(static inner => inner is IInvocationOperation { TargetMethod.Name: "GetCurrentProcess" })
                || (module.Syntax.Parent?.Parent is { } access && access.ToString().Contains("GetCurrentProcess()")),
        IPropertyReferenceOperation { Property: { Name: "Location", ContainingType.Name: "Assembly" }, Instance: { } assembly }
            => assembly.DescendantsAndSelf()
                .Any(static inner => inner is IInvocationOperation { TargetMethod.Name: "GetEntryAssembly" or "GetExecutingAssembly" }),
        IArrayElementReferenceOperation
        {
            ArrayReference: IInvocationOperation { TargetMethod: { Name: "GetCommandLineArgs", ContainingType.Name: "Environment" } }
        }
            => true,
        IPropertyReferenceOperation { Property: { Name: "ExecutablePath", ContainingType.Name: "Application" } } => true,
        _ => false,
    };

    private static IOperation Bare(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case ICoalesceOperation coalesce:
                    operation = coalesce.Value;
                    break;
                case IConditionalAccessOperation access:
                    operation = access.WhenNotNull;
                    break;
                default:
                    return operation;
            }
        }
    }

    // For a local, the value with which it is declared.
    private static IOperation ValueOf(IOperation operation, CancellationToken cancellation)
    {
        if (Bare(operation) is ILocalReferenceOperation local)
        {
            foreach (var value in ComputedFrom.Of(local, cancellation))
            {
                if (value != local)
                {
                    return value;
                }
            }
        }

        return operation;
    }

    private static string? LastText(IOperation operation)
    {
        operation = Bare(operation);
        return operation switch
        {
            { ConstantValue: { HasValue: true, Value: string text } } => text,
            IInterpolatedStringOperation { Parts: [.., IInterpolatedStringTextOperation { Text.ConstantValue.Value: string text }] }
                => text,
            IBinaryOperation { RightOperand: var right } => LastText(right),
            IInvocationOperation { TargetMethod: { Name: "Combine" or "Join", ContainingType.Name: "Path" }, Arguments: var arguments }
                when arguments.Length > 0
                => LastText(arguments[arguments.Length - 1].Value),
            _ => null,
        };
    }

    private static string? LeadingText(IOperation arguments, CancellationToken cancellation)
    {
        var value = Bare(ValueOf(arguments, cancellation));
        return value switch
        {
            { ConstantValue: { HasValue: true, Value: string text } } => text,
            IInterpolatedStringOperation { Parts: [IInterpolatedStringTextOperation { Text.ConstantValue.Value: string text }, ..] }
                => text,
            IBinaryOperation { LeftOperand: var left } => LeadingText(left, cancellation),
            {
                Syntax: CollectionExpressionSyntax
                {
                    Elements: [ExpressionElementSyntax { Expression: LiteralExpressionSyntax { Token.ValueText: var text } }, ..]
                }
            }
                => text,
            IArrayCreationOperation { Initializer.ElementValues: [var first, ..] } => LeadingText(first, cancellation),
            _ => null,
        };
    }

    private static string? FirstWord(string? text)
        => text?.TrimStart() is { Length: > 0 } trimmed
            ? (trimmed.IndexOfAny(s_spaces) is var end and > 0 ? trimmed.Substring(0, end) : trimmed).Trim('"')
            : null;
}
