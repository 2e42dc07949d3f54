using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// A command of CliWrap, read back from the call that executes it to <c>Cli.Wrap</c>. Commands are immutable: each <c>With</c> method
/// returns a new one.
/// </summary>
internal static class CliWrapCommand
{
    private const int MaxLength = 30;

    /// <summary>How a command is started.</summary>
    /// <returns>Null when it is not visible as a whole, or something else configures the start.</returns>
    public static ChildStart? Of(IInvocationOperation execute, ProcessTypes types, SemanticModel model, CancellationToken cancellation)
    {
        if (execute.Arguments.Any(static argument
            => argument.Value.Type?.TypeKind is TypeKind.Delegate && argument.ArgumentKind is not ArgumentKind.DefaultValue))
        {
            return null;
        }

        IOperation? file = null;
        IOperation? arguments = null;
        var mayCarry = false;
        var command = execute.Instance ?? execute.Arguments[0].Value;
        for (var length = 0; length < MaxLength; length++)
        {
            switch (command.Unconverted())
            {
                case ILocalReferenceOperation { Local: var local } when DeclaredValue(local, model, cancellation) is { } value:
                    command = value;
                    break;
                case IInvocationOperation
                {
                    TargetMethod: { Name: "Wrap", ContainingType.Name: "Cli" },
                    Arguments: [{ Value: var wrapped }]
                }:
                    return Known(file ?? wrapped, arguments, mayCarry);
                case IObjectCreationOperation { Arguments: [{ Value: var wrapped }] }:
                    return Known(file ?? wrapped, arguments, mayCarry);
                case IInvocationOperation { Instance: { } previous, TargetMethod.Name: var name, Arguments: [{ Value: var given }, ..] } call
                    when types.IsCommand(call.TargetMethod.ContainingType):
                    if (name == "WithTargetFile")
                    {
                        file ??= given;
                    }
                    else if (name == "WithArguments")
                    {
                        arguments ??= FirstArgument(given);
                    }
                    else if (name == "WithEnvironmentVariables")
                    {
                        mayCarry |= !HasOtherVariables(given);
                    }

                    command = previous;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private static ChildStart Known(IOperation file, IOperation? arguments, bool mayCarry)
        => new([new ChildProgram(file, arguments)], UsesShell: false, HasInput: false, mayCarry);

    // A local that is assigned again may hold another command.
    private static IOperation? DeclaredValue(ILocalSymbol local, SemanticModel model, CancellationToken cancellation)
        => local.DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } value } declarator
            && !LocalValues.IsAssigned(local.Name, declarator)
                ? model.GetOperation(value, cancellation)
                : null;

    // The first argument that a builder is given; else the arguments themselves.
    private static IOperation FirstArgument(IOperation given)
        => given.Type?.TypeKind is not TypeKind.Delegate
            ? given
            : given.Descendants().OfType<IInvocationOperation>().FirstOrDefault(static call
                => call is { TargetMethod.Name: "Add", Instance: IParameterReferenceOperation, Arguments.Length: > 0 }) is { } add
                ? add.Arguments[0].Value
                : given;

    private static bool HasOtherVariables(IOperation given)
    {
        var keys = given.Unconverted() switch
        {
            IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body: var body } } => body.Descendants()
                .OfType<IInvocationOperation>()
                .Select(static call => call is { TargetMethod.Name: "Set", Arguments: [{ Value: var key }, _] } ? key : null),
            IObjectCreationOperation { Arguments.IsEmpty: true, Initializer.Initializers: var entries }
                => entries.Select(static entry => StartInfoReader.KeyOf(entry)),
            _ => [null],
        };
        return keys.All(StartInfoReader.IsOtherVariable);
    }
}
