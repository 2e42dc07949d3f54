using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// How a child process is started, as far as it is visible in the function that starts it: the file, the arguments, whether the shell
/// starts it, and whether its environment may carry a context.
/// </summary>
internal sealed class ChildStart
{
    private readonly ProcessTypes _types;
    private readonly StartWrappers? _wrappers;
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancellation;

    private ChildStart(ProcessTypes types, StartWrappers? wrappers, SemanticModel model, CancellationToken cancellation)
        => (_types, _wrappers, _model, _cancellation, UsesShell) = (types, wrappers, model, cancellation, types.ShellByDefault);

    /// <summary>The program file.</summary>
    public IOperation? File { get; private set; }

    /// <summary>The arguments, or the first of them.</summary>
    public IOperation? Arguments { get; private set; }

    /// <summary>Whether the shell starts the process: then its environment cannot be set.</summary>
    public bool UsesShell { get; private set; }

    /// <summary>Whether the code writes to the standard input of the process.</summary>
    public bool HasInput { get; private set; }

    /// <summary>Whether its environment may contain the context, because it does or because not all of it is visible.</summary>
    public bool MayCarry { get; private set; }

    /// <summary>A start that is visible as a whole, and not through the shell.</summary>
    public static ChildStart Known(IOperation file, IOperation? arguments, bool mayCarry, ProcessTypes types, SemanticModel model)
        => new(types, wrappers: null, model, CancellationToken.None) { File = file, Arguments = arguments, MayCarry = mayCarry, UsesShell = false };

    /// <summary>Inspects a call that starts a process.</summary>
    /// <returns>Null when the start info is not visible as a whole.</returns>
    public static ChildStart? Of(
        IInvocationOperation call, ProcessTypes types, StartWrappers wrappers, SemanticModel model, CancellationToken cancellation)
    {
        var start = new ChildStart(types, wrappers, model, cancellation);
        if (FunctionGraphs.FunctionAround(call.Syntax) is not { } function)
        {
            return null;
        }

        var isKnown = call switch
        {
            _ when !types.IsStart(call) => wrappers.InfoOf(call) is { } given && start.ReadInfo(given.Unconverted(), function),
            { Instance: ILocalReferenceOperation { Local: var process } } => start.ReadProcess(process, function),
            { TargetMethod.IsStatic: true, Arguments: [{ Value: var info }] } when types.IsStartInfo(info.Type)
                => start.ReadInfo(info.Unconverted(), function),
            { TargetMethod.IsStatic: true, Arguments: [{ Value: var file }, ..] } => start.ReadArguments(file, call),
            _ => false,
        };
        return isKnown && start.File is not null ? start : null;
    }

    private bool ReadArguments(IOperation file, IInvocationOperation call)
    {
        File = file;
        if (call.Arguments.Length is 2)
        {
            Arguments = call.Arguments[1].Value;
        }

        return call.Arguments.Length <= 2;
    }

    private bool ReadProcess(ILocalSymbol process, SyntaxNode function)
    {
        if (DeclaredValue(process, function) is not IObjectCreationOperation made)
        {
            return false;
        }

        foreach (var assignment in InitializersOf(made.Initializer))
        {
            if (assignment is { Target: IPropertyReferenceOperation { Property.Name: "StartInfo" }, Value: var info }
                && !ReadInfo(info.Unconverted(), function))
            {
                return false;
            }
        }

        foreach (var reference in ReferencesTo(process, function))
        {
            if (reference.Parent is IPropertyReferenceOperation { Property.Name: "StartInfo" } startInfo)
            {
                if (startInfo.Parent is ISimpleAssignmentOperation assignment && assignment.Target == startInfo
                    ? !ReadInfo(assignment.Value.Unconverted(), function)
                    : !ReadUse(startInfo))
                {
                    return false;
                }
            }
            else if (reference.Parent is IArgumentOperation or IReturnOperation && reference.Syntax.SpanStart < StartOf(function, process))
            {
                return false;
            }
        }

        return true;
    }

    // Other code that gets the process before it starts may have set its environment.
    private static int StartOf(SyntaxNode function, ILocalSymbol process)
    {
        foreach (var node in function.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax
                    {
                        Name.Identifier.ValueText: "Start",
                        Expression: IdentifierNameSyntax { Identifier.ValueText: var name }
                    }
                }
                && name == process.Name)
            {
                return node.SpanStart;
            }
        }

        return int.MaxValue;
    }

    private bool ReadInfo(IOperation info, SyntaxNode function)
    {
        switch (info)
        {
            case IObjectCreationOperation made:
                return ReadCreation(made);
            case ILocalReferenceOperation { Local: var local } when DeclaredValue(local, function) is IObjectCreationOperation made:
                return ReadCreation(made) && ReferencesTo(local, function).All(ReadUse);
            default:
                return false;
        }
    }

    private bool ReadCreation(IObjectCreationOperation made)
    {
        foreach (var argument in made.Arguments)
        {
            if (argument.Parameter?.Name == "fileName")
            {
                File = argument.Value;
            }
            else
            {
                Arguments = argument.Value;
            }
        }

        if (made.Initializer is null)
        {
            return true;
        }

        foreach (var setting in made.Initializer.Initializers)
        {
            switch (setting)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name }, Value: var value }:
                    Set(name, value);
                    break;
                case IMemberInitializerOperation
                {
                    InitializedMember: IPropertyReferenceOperation { Property.Name: "ArgumentList" },
                    Initializer.Initializers: [IInvocationOperation { Arguments: [{ Value: var first }] }, ..]
                }:
                    Arguments ??= first;
                    break;
                case IMemberInitializerOperation
                {
                    InitializedMember: IPropertyReferenceOperation { Property.Name: "Environment" or "EnvironmentVariables" },
                    Initializer: var entries
                }:
                    foreach (var entry in entries.Initializers)
                    {
                        MayCarry |= !IsOtherVariable(KeyOf(entry));
                    }

                    break;
            }
        }

        return true;
    }

    private static IEnumerable<ISimpleAssignmentOperation> InitializersOf(IObjectOrCollectionInitializerOperation? initializer)
        => initializer?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [];

    // Reads one use of the start info, other than starting the process.
    private bool ReadUse(IOperation info)
    {
        switch (info.Parent)
        {
            case IPropertyReferenceOperation { Property.Name: var name } member:
                if (member.Parent is ISimpleAssignmentOperation assignment && assignment.Target == member)
                {
                    Set(name, assignment.Value);
                }
                else if (name is "ArgumentList")
                {
                    Arguments ??= member.Parent is IInvocationOperation { TargetMethod.Name: "Add", Arguments: [{ Value: var first }] }
                        ? first
                        : null;
                }
                else if (name is "Environment" or "EnvironmentVariables")
                {
                    MayCarry |= !IsOtherVariable(KeyOf(member.Parent));
                }

                return true;
            case IArgumentOperation { Parent: IInvocationOperation call }:
                return _types.IsStart(call) || _wrappers?.Contains(call, _cancellation) is true;
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "StartInfo" } }:
            case IConversionOperation
            {
                Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingNamespace.Name: "Logging" } }
            }:
                return true;
            default:
                return false;
        }
    }

    private void Set(string property, IOperation value)
    {
        switch (property)
        {
            case "FileName":
                File = value;
                break;
            case "Arguments":
                Arguments = value;
                break;
            case "UseShellExecute":
                UsesShell = value.ConstantValue is not { HasValue: true, Value: false };
                break;
            case "RedirectStandardInput":
                HasInput = value.ConstantValue is not { HasValue: true, Value: false };
                break;
        }
    }

    /// <summary>The name of the variable that is set or removed; null when a use of the environment does something else.</summary>
    public static IOperation? KeyOf(IOperation? use) => use switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value: var key }] } => key,
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value: var key }] } }
            => key,
        IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd" or "Remove", Arguments: [{ Value: var key }, ..] } => key,
        _ => null,
    };

    /// <summary>Whether a variable is certainly another one than that of the context.</summary>
    public static bool IsOtherVariable(IOperation? key)
        => key?.ConstantValue is { HasValue: true, Value: string name }
            && !string.Equals(name, ProcessTypes.Variable, StringComparison.OrdinalIgnoreCase);

    private IOperation? DeclaredValue(ILocalSymbol local, SyntaxNode function)
        => local.DeclaringSyntaxReferences is [var declaration] && function.Span.Contains(declaration.Span)
            && declaration.GetSyntax(_cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } value }
            && _model.GetOperation(value, _cancellation) is { } operation
                ? operation.Unconverted()
                : null;

    private IEnumerable<IOperation> ReferencesTo(ILocalSymbol local, SyntaxNode function)
    {
        foreach (var node in function.DescendantNodes())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: var name } && name == local.Name
                && _model.GetOperation(node, _cancellation) is ILocalReferenceOperation { Local: var found } reference
                && SymbolEqualityComparer.Default.Equals(found, local))
            {
                yield return reference;
            }
        }
    }
}
