using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>A call that is being followed into a helper. Objects that the helper makes are other ones at every call.</summary>
/// <param name="Outer">The call that led to the code this call is in; null when it is in the body itself.</param>
/// <param name="Call">The call.</param>
/// <param name="Callee">The helper.</param>
internal sealed record CallSite(CallSite? Outer, SyntaxNode Call, IMethodSymbol Callee)
{
    /// <summary>The call in the body itself that this one is a consequence of.</summary>
    public CallSite Outermost => Outer?.Outermost ?? this;

    /// <summary>What the helper is called: for a constructor its type, for a getter its property; with the type in front where that is another one.</summary>
    public string Name => Callee switch
    {
        { MethodKind: MethodKind.Constructor } => Callee.ContainingType.Name,
        { IsStatic: true } when Call.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.ValueText != Callee.ContainingType.Name
            => $"{Callee.ContainingType.Name}.{Callee.AssociatedSymbol?.Name ?? Callee.Name}",
        _ => Callee.AssociatedSymbol?.Name ?? Callee.Name,
    };

    // Symbols compare as symbols; the rest as a record would.
    public bool Equals(CallSite? other)
        => other is not null && Call == other.Call && SymbolEqualityComparer.Default.Equals(Callee, other.Callee) && Equals(Outer, other.Outer);

    public override int GetHashCode() => Call.GetHashCode();
}
