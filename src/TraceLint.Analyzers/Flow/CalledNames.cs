using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>The look-up that comes before any semantic question.</summary>
internal static class CalledNames
{
    /// <summary>The name a call is written with: <c>M</c> in <c>M()</c>, <c>a.M()</c>, <c>a?.M()</c> and <c>a.M&lt;T&gt;()</c>.</summary>
    public static SimpleNameSyntax? CalledName(this InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Name: var name } => name,
        MemberBindingExpressionSyntax { Name: var name } => name,
        SimpleNameSyntax name => name,
        _ => null,
    };
}
