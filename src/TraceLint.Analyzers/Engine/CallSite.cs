using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Model;

namespace TraceLint.Engine;

/// <summary>A call, or the use of a property, with the values of its operands. Each operand is evaluated once, in order.</summary>
/// <param name="operation">The code.</param>
/// <param name="method">The method, constructor or accessor.</param>
/// <param name="receiver">What it is called on.</param>
/// <param name="arguments">The arguments, as the code has them.</param>
/// <param name="values">The values for the parameters of the method, by ordinal; null where none was evaluated.</param>
internal sealed class CallSite(
    IOperation operation, IMethodSymbol method, Value receiver, ImmutableArray<IArgumentOperation> arguments, IReadOnlyList<Value?> values)
{
    public IOperation Operation => operation;

    public IMethodSymbol Method => method;

    public Value Receiver => receiver;

    public ImmutableArray<IArgumentOperation> Arguments => arguments;

    /// <summary>The values of the arguments.</summary>
    public IEnumerable<Value> Values => values.OfType<Value>();

    /// <summary>An operand: <see cref="Effect.Receiver"/>, or the ordinal of a parameter.</summary>
    public Value this[int operand]
        => operand == Effect.Receiver ? receiver
            : operand >= 0 && operand < values.Count && values[operand] is { } value ? value
            : Value.Unknown;

    /// <summary>The argument for a parameter.</summary>
    /// <param name="ordinal">The ordinal of the parameter.</param>
    /// <returns>Null when there is none.</returns>
    public IArgumentOperation? ArgumentFor(int ordinal)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal)
            {
                return argument;
            }
        }

        return null;
    }

    /// <summary>The same call, made on an object that the call itself creates.</summary>
    public CallSite On(Value created) => new(operation, method, created, arguments, values);

    /// <summary>The value for a parameter.</summary>
    /// <returns>Null when the method has no such parameter, or the call leaves it to its default.</returns>
    public Value? Argument(string parameter)
    {
        foreach (var argument in arguments)
        {
            if (argument is { ArgumentKind: not ArgumentKind.DefaultValue, Parameter: { Name: var name, Ordinal: var ordinal } }
                && name == parameter)
            {
                return this[ordinal];
            }
        }

        return null;
    }
}
