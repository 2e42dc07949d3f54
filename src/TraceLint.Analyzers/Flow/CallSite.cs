using Microsoft.CodeAnalysis;

namespace TraceLint.Flow;

/// <summary>A call that is being followed into a helper. Objects that the helper makes are other ones at every call.</summary>
/// <param name="Outer">The call that led to the code this call is in; null when it is in the body itself.</param>
/// <param name="Call">The call.</param>
/// <param name="Callee">The name of the helper.</param>
internal sealed record CallSite(CallSite? Outer, SyntaxNode Call, string Callee);
