using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>A program that is started.</summary>
/// <param name="File">The program file.</param>
/// <param name="Arguments">The arguments, or the first of them; null when there are none.</param>
internal sealed record ChildProgram(IOperation File, IOperation? Arguments);

/// <summary>
/// How a child process is started, as far as it is visible in the function that starts it and in the method that creates the start info:
/// the programs that it may be, whether the shell starts it, and whether its environment may carry a context.
/// </summary>
internal sealed class ChildStart
{
    private readonly ProcessTypes _types;
    private readonly CompilationContext _context;
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancellation;

    private readonly List<(IOperation? File, IOperation? Arguments)> _programs = [];

    private ChildStart(ProcessTypes types, CompilationContext context, SemanticModel model, CancellationToken cancellation)
        => (_types, _context, _model, _cancellation, UsesShell) = (types, context, model, cancellation, types.ShellByDefault);

    /// <summary>The programs: several where a condition decides which start info is used.</summary>
    public IEnumerable<ChildProgram> Programs
        => _programs.Select(static program => new ChildProgram(program.File!, program.Arguments));

    /// <summary>Whether the shell starts the process: then its environment cannot be set.</summary>
    public bool UsesShell { get; private set; }

    /// <summary>Whether the code writes to the standard input of the process.</summary>
    public bool HasInput { get; private set; }

    /// <summary>Whether its environment may contain the context, because it does or because not all of it is visible.</summary>
    public bool MayCarry { get; private set; }

    /// <summary>Inspects a call that starts a process.</summary>
    /// <returns>Null when the start info is not visible as a whole.</returns>
    public static ChildStart? Of(IInvocationOperation call, ProcessTypes types, CompilationContext context, CancellationToken cancellation)
    {
        var start = new ChildStart(types, context, context.Of(call.Syntax.SyntaxTree), cancellation);
        if (FunctionGraphs.FunctionAround(call.Syntax) is not { } function)
        {
            return null;
        }

        var isKnown = call switch
        {
            { Instance: ILocalReferenceOperation { Local: var process } } => start.ReadProcess(process, function),
            { TargetMethod.IsStatic: true, Arguments: [{ Value: var info }] } when types.IsStartInfo(info.Type)
                => start.ReadInfo(info.Unconverted(), function),
            { TargetMethod.IsStatic: true, Arguments: [{ Value: var file }, ..] } => start.ReadArguments(file, call),
            _ => false,
        };
        return isKnown && start._programs.Count > 0 && start._programs.TrueForAll(static program => program.File is not null) ? start : null;
    }

    private bool ReadArguments(IOperation file, IInvocationOperation call)
    {
        _programs.Add((file, call.Arguments.Length is 2 ? call.Arguments[1].Value : null));
        return call.Arguments.Length <= 2;
    }

    private bool ReadProcess(ILocalSymbol process, SyntaxNode function)
    {
        if (DeclaredValue(process, function) is not IObjectCreationOperation made)
        {
            return false;
        }

        _programs.Add((null, null));
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
            case ILocalReferenceOperation { Local: var local } when function.Span.Contains(local.Locations[0].SourceSpan):
                return LocalValues.Of(local, _model, _cancellation) is { Count: > 0 } values
                    && ReadCreations(values)
                    && ReferencesTo(local, function).All(ReadUse);
            default:
                return ReadCreations([info]);
        }
    }

    // Any of these may be the one that is used.
    private bool ReadCreations(IReadOnlyList<IOperation> values)
    {
        _programs.Clear();
        foreach (var value in values.SelectMany(CreatedBy))
        {
            if (value is not IObjectCreationOperation created || !_types.IsStartInfo(created.Type))
            {
                return false;
            }

            ReadCreation(created);
        }

        return true;
    }

    // A condition chooses one of two, and a method of the project returns what it creates.
    private IEnumerable<IOperation> CreatedBy(IOperation value) => value.Unconverted() switch
    {
        IConditionalOperation { WhenTrue: var one, WhenFalse: { } other } => CreatedBy(one).Concat(CreatedBy(other)),
        IInvocationOperation { TargetMethod: var method, IsVirtual: var isVirtual } call
            => FunctionBody.Of(method, isVirtual, _context, _cancellation) is { Body: var body } && ReturnedBy(body) is { } returned
                && _context.Of(returned.SyntaxTree).GetOperation(returned, _cancellation) is { } result
                    ? [result.Unconverted()]
                    : [call],
        var other => [other],
    };

    private static ExpressionSyntax? ReturnedBy(SyntaxNode body) => body switch
    {
        ExpressionSyntax expression => expression,
        ArrowExpressionClauseSyntax { Expression: var expression } => expression,
        BlockSyntax { Statements: [ReturnStatementSyntax { Expression: var expression }] } => expression,
        _ => null,
    };

    private void ReadCreation(IObjectCreationOperation made)
    {
        (IOperation? File, IOperation? Arguments) program = default;
        foreach (var argument in made.Arguments)
        {
            program = argument.Parameter?.Name == "fileName" ? (argument.Value, program.Arguments) : (program.File, argument.Value);
        }

        _programs.Add(program);

        foreach (var setting in made.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            switch (setting)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name }, Value: var value }:
                    Set(name, value, from: _programs.Count - 1);
                    break;
                case IMemberInitializerOperation
                {
                    InitializedMember: IPropertyReferenceOperation { Property.Name: "ArgumentList" },
                    Initializer.Initializers: [IInvocationOperation { Arguments: [{ Value: var first }] }, ..]
                }:
                    SetArguments(_programs.Count - 1, first);
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
                    Set(name, assignment.Value, from: 0);
                }
                else if (name is "ArgumentList")
                {
                    if (member.Parent is IInvocationOperation { TargetMethod.Name: "Add", Arguments: [{ Value: var first }] })
                    {
                        for (var i = 0; i < _programs.Count; i++)
                        {
                            SetArguments(i, first);
                        }
                    }
                }
                else if (name is "Environment" or "EnvironmentVariables")
                {
                    MayCarry |= !IsOtherVariable(KeyOf(member.Parent));
                }

                return true;
            case IArgumentOperation { Parent: IInvocationOperation call }:
                return _types.IsStart(call);
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "StartInfo" } }:
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation } assigned when assigned.Target == info:
            case IConversionOperation
            {
                Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingNamespace.Name: "Logging" } }
            }:
                return true;
            default:
                return false;
        }
    }

    private void SetArguments(int index, IOperation first)
        => _programs[index] = (_programs[index].File, _programs[index].Arguments ?? first);

    // Sets a property of the last start info that was created, or of all.
    private void Set(string property, IOperation value, int from)
    {
        for (var i = from; i < _programs.Count; i++)
        {
            _programs[i] = property switch
            {
                "FileName" => (value, _programs[i].Arguments),
                "Arguments" => (_programs[i].File, value),
                _ => _programs[i],
            };
        }

        switch (property)
        {
            case "UseShellExecute":
                UsesShell = value.ConstantValue is not { HasValue: true, Value: false };
                break;
            case "RedirectStandardInput":
                HasInput = value.ConstantValue is not { HasValue: true, Value: false };
                break;
        }
    }

    // environment["KEY"] = value, Add("KEY", value), TryAdd, Remove; null when it is something else.
    private static IOperation? KeyOf(IOperation? use) => use switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value: var key }] } => key,
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value: var key }] } }
            => key,
        IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd" or "Remove", Arguments: [{ Value: var key }, ..] } => key,
        _ => null,
    };

    private static bool IsOtherVariable(IOperation? key)
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
