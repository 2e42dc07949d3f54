using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// Reads how a child process is started, as far as it is visible in the function that starts it and in the method that creates the start
/// info.
/// </summary>
internal sealed class StartInfoReader
{
    private readonly ProcessTypes _types;
    private readonly StartWrappers _wrappers;
    private readonly CompilationContext _context;
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancellation;
    private readonly List<(IOperation? File, IOperation? Arguments)> _programs = [];
    private bool _usesShell;
    private bool _hasInput;
    private bool _mayCarry;

    private StartInfoReader(
        ProcessTypes types, StartWrappers wrappers, CompilationContext context, SemanticModel model, CancellationToken cancellation)
    {
        (_types, _wrappers, _context, _model) = (types, wrappers, context, model);
        (_cancellation, _usesShell) = (cancellation, types.ShellByDefault);
    }

    /// <summary>Inspects a call that starts a process.</summary>
    /// <returns>Null when the start info is not visible as a whole.</returns>
    public static ChildStart? Read(
        IInvocationOperation call, ProcessTypes types, StartWrappers wrappers, CompilationContext context, CancellationToken cancellation)
    {
        var reader = new StartInfoReader(types, wrappers, context, context.Of(call.Syntax.SyntaxTree), cancellation);
        if (FunctionGraphs.FunctionAround(call.Syntax) is not { } function)
        {
            return null;
        }

        var isKnown = call switch
        {
            _ when !types.IsStart(call) => wrappers.InfoOf(call) is { } given && reader.ReadInfo(given.Unconverted(), function),
            { Instance: ILocalReferenceOperation { Local: var process } } => reader.ReadProcess(process, function),
            { TargetMethod.IsStatic: true, Arguments: [{ Value: var info }] } when types.IsStartInfo(info.Type)
                => reader.ReadInfo(info.Unconverted(), function),
            { TargetMethod.IsStatic: true, Arguments: [{ Value: var file }, ..] } => reader.ReadArguments(file, call),
            _ => false,
        };
        return isKnown && reader._programs.Count > 0 && reader._programs.TrueForAll(static program => program.File is not null)
            ? new ChildStart(
                reader._programs.ConvertAll(static program => new ChildProgram(program.File!, program.Arguments)),
                reader._usesShell,
                reader._hasInput,
                reader._mayCarry)
            : null;
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
                        _mayCarry |= !IsOtherVariable(KeyOf(entry));
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
                    _mayCarry |= !IsOtherVariable(KeyOf(member.Parent));
                }

                return true;
            case IArgumentOperation { Parent: IInvocationOperation call }:
                return _types.IsStart(call) || _wrappers.Contains(call, _cancellation);
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
                _usesShell = value.ConstantValue is not { HasValue: true, Value: false };
                break;
            case "RedirectStandardInput":
                _hasInput = value.ConstantValue is not { HasValue: true, Value: false };
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
        => LocalValues.References(local, _model, _cancellation)
            .Where(name => function.Span.Contains(name.Span))
            .Select(name => _model.GetOperation(name, _cancellation))
            .OfType<ILocalReferenceOperation>();
}
