using Microsoft.CodeAnalysis;

namespace TraceLint.Propagation;

/// <summary>A call that is followed into a method of the project, to see what the method returns or does to its arguments.</summary>
/// <param name="Call">The call, the <c>new</c> or the read of a property.</param>
/// <param name="Method">What runs.</param>
/// <param name="Caller">The call that led to the code that the call is in; null in the body that publishes.</param>
internal sealed record FollowedCall(IOperation Call, IMethodSymbol Method, FollowedCall? Caller)
{
    /// <summary>How many calls deep this is.</summary>
    public int Depth { get; } = (Caller?.Depth ?? 0) + 1;

    /// <summary>This call or the innermost one around it that runs a method; null when none does.</summary>
    public FollowedCall? Of(ISymbol method)
        => SymbolEqualityComparer.Default.Equals(Method, method) ? this : Caller?.Of(method);

    /// <summary>Whether the method runs already: it calls itself.</summary>
    public bool Runs(IMethodSymbol method) => Of(method) is not null;

    public bool Equals(FollowedCall? other)
        => other is not null && Call.Syntax == other.Call.Syntax && SymbolEqualityComparer.Default.Equals(Method, other.Method)
            && Equals(Caller, other.Caller);

    public override int GetHashCode() => Call.Syntax.GetHashCode();
}

/// <summary>Something that a payload is made from.</summary>
/// <param name="Operation">What yields it.</param>
/// <param name="Member">The member that alone goes into the payload; empty when it is some part of it; null when it goes in whole.</param>
/// <param name="Inside">The call it is inside of; null in the body that publishes.</param>
internal readonly record struct PayloadPart(IOperation Operation, string? Member, FollowedCall? Inside)
{
    /// <summary>Some part of a value, not known which: the method that is called on it decides.</summary>
    public const string SomeMember = "";

    /// <summary>Whether it goes in as it is, with all its members.</summary>
    public bool IsWhole => Member is null;
}

/// <summary>What a call means to a payload that is made from what it is handed, or that it may write into.</summary>
internal enum PayloadCall
{
    /// <summary>What it is handed may be in what it returns, and in what else it is handed.</summary>
    Ordinary,

    /// <summary>What it is handed ends there: a log, the tags of a span.</summary>
    EndsThere,

    /// <summary>It writes a context into what it is handed.</summary>
    Injects,
}
