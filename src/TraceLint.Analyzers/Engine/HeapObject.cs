using Microsoft.CodeAnalysis;

namespace TraceLint.Engine;

/// <summary>How the engine came to know an object.</summary>
internal enum ObjectKind
{
    /// <summary>Created by interpreted code: its members are known until it escapes.</summary>
    Created,

    /// <summary>From elsewhere, a parameter or the result of other code: its members are unknown until they are assigned.</summary>
    Opaque,

    /// <summary>A lambda or a method group.</summary>
    Delegate,
}

/// <summary>
/// An object that the engine distinguishes from others: what one operation creates in one chain of calls. An operation in a loop
/// creates one object, which stands for the newest one.
/// </summary>
/// <param name="kind">How the engine came to know it.</param>
/// <param name="site">What identifies it: the operation that creates it, a symbol, or an object and the member that holds it.</param>
/// <param name="run">The call in which it is created; null when that makes no difference.</param>
/// <param name="type">Its type, as far as known.</param>
/// <param name="ordinal">Its place in the order in which objects became known.</param>
internal sealed class HeapObject(ObjectKind kind, object site, BodyRun? run, ITypeSymbol? type, int ordinal)
{
    public ObjectKind Kind { get; } = kind;

    public object Site { get; } = site;

    public BodyRun? Run { get; } = run;

    public ITypeSymbol? Type { get; } = type;

    public int Ordinal { get; } = ordinal;

    public override string ToString() => $"{Kind} {Type?.Name} #{Ordinal}";
}
