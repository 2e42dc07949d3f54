using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TraceLint.Engine;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>A program that is started.</summary>
/// <param name="File">The program file.</param>
/// <param name="Arguments">The arguments, in order; the first one may be a text with all of them.</param>
internal sealed record ChildProgram(Value File, IReadOnlyList<Value> Arguments);

/// <summary>How a child process is started.</summary>
/// <param name="Programs">The programs that it may be: several where a condition decides which start info is used.</param>
/// <param name="UsesShell">Whether the shell starts the process: then its environment cannot be set.</param>
/// <param name="HasInput">Whether the code writes to the standard input of the process.</param>
/// <param name="MayCarry">Whether its environment may contain the context, because it does or because not all of it is visible.</param>
internal sealed record ChildStart(IReadOnlyList<ChildProgram> Programs, bool UsesShell, bool HasInput, bool MayCarry)
{
    private static readonly string[] s_files = ["FileName", "TargetFilePath"];
    private static readonly string[] s_environments = ["Environment", "EnvironmentVariables"];

    /// <summary>What is known when a process is started.</summary>
    /// <returns>Null when what starts it is not visible as a whole.</returns>
    public static ChildStart? Of(ProcessStarted started, ProcessTypes types)
    {
        var call = started.Call;
        if (call.Method is { IsStatic: true, Parameters: [{ Type.SpecialType: SpecialType.System_String }, ..] parameters })
        {
            return parameters.Length > 2
                ? null
                : new ChildStart(
                    [new ChildProgram(call[0], parameters.Length == 2 ? ArgumentsIn(call[1], started.State) : [])],
                    types.ShellByDefault,
                    HasInput: false,
                    MayCarry: false);
        }

        // A delegate may configure the start of a command.
        if (call.Method.Parameters.Any(
            parameter => parameter.Type.TypeKind is TypeKind.Delegate && call.Argument(parameter.Name) is not null))
        {
            return null;
        }

        var infos = InfosOf(started, types).ToList();
        return infos.Count > 0 && infos.TrueForAll(info => IsVisible(info, started.State) && FileOf(info, started.State) is not null)
            ? new ChildStart(
                infos.ConvertAll(info => new ChildProgram(FileOf(info, started.State)!, ArgumentsOf(info, started.State))),
                UsesShell: types.IsCommand(infos[0].Type) is false
                    && infos.Exists(info => !IsFalse("UseShellExecute", info, started.State, byDefault: !types.ShellByDefault)),
                HasInput: infos.Exists(info => !IsFalse("RedirectStandardInput", info, started.State, byDefault: true)),
                MayCarry: infos.Exists(info => MayCarryIn(info, started.State)))
            : null;
    }

    /// <summary>What holds for either start.</summary>
    public ChildStart Or(ChildStart other)
        => new(
            [.. Programs, .. other.Programs], UsesShell || other.UsesShell, HasInput || other.HasInput, MayCarry || other.MayCarry);

    /// <summary>The start infos, or commands, that a process may be started with.</summary>
    public static IEnumerable<HeapObject> InfosOf(ProcessStarted started, ProcessTypes types)
        => (started.Call.Method.IsStatic ? started.Call[0] : started.Call.Receiver).Objects.SelectMany(
            one => SymbolEqualityComparer.Default.Equals(one.Type, types.Process)
                ? started.State[one]["StartInfo"]?.Objects ?? ImmutableArray<HeapObject>.Empty
                : ImmutableArray.Create(one));

    // Created here, or the start info that a process which is created here has by itself.
    private static bool IsVisible(HeapObject info, State state)
        => info.Kind is ObjectKind.Created
            || (info.Site is ValueTuple<HeapObject, string> { Item1: { Kind: ObjectKind.Created } process }
                && !state[process].HasEscaped);

    private static Value? FileOf(HeapObject info, State state)
        => s_files.Select(member => state[info][member]).FirstOrDefault(static file => file is not null);

    private static List<Value> ArgumentsOf(HeapObject info, State state)
        => state[info]["Arguments"] is { } arguments ? ArgumentsIn(arguments, state)
            : state[info]["ArgumentList"] is { } list ? ArgumentsIn(list, state)
            : [];

    private static List<Value> ArgumentsIn(Value arguments, State state)
    {
        if (arguments.OnlyObject is not { } list)
        {
            return arguments.IsNull ? [] : [arguments];
        }

        var elements = new List<Value>();
        while (state[list][Interpreter.ElementAt(elements.Count)] is { } element)
        {
            elements.Add(element);
        }

        return elements;
    }

    private static bool IsFalse(string member, HeapObject info, State state, bool byDefault)
        => state[info][member] is { } value ? value.Constant is false : byDefault;

    private static bool MayCarryIn(HeapObject info, State state)
        => state[info].HasEscaped
            || s_environments.Select(member => state[info][member]).OfType<Value>().Any(
                environment => environment.Objects.IsEmpty
                    || environment.Objects.Any(one => state[one].HasEscaped || HoldsContext(state[one])));

    private static bool HoldsContext(ObjectState environment)
        => environment.Members.Keys.Any(
            static key => key == Interpreter.Element
                || string.Equals(key, $"[{ProcessTypes.Variable}]", StringComparison.OrdinalIgnoreCase));
}
