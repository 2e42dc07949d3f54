using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Configuration;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// Methods that are said to inject or extract: by a declaration, an option or an attribute. What they do is taken on trust;
/// their code is not looked at.
/// </summary>
internal static class DeclaredMethods
{
    /// <summary>Whether a call is said to inject.</summary>
    /// <param name="roleOf">What a type is to the transport in question.</param>
    /// <param name="carrier">What it injects into; null when it is handed nothing: then it may be in what it returns.</param>
    public static bool IsInjection(IInvocationOperation call, Settings settings, Func<ITypeSymbol?, CarrierRole> roleOf, out IOperation? carrier)
    {
        carrier = null;
        if (!settings.Injects(call.TargetMethod, call.Syntax.SyntaxTree))
        {
            return false;
        }

        carrier = CarrierOf(call, settings.CarrierParameterOf(call.TargetMethod, DeclarationKind.Inject), roleOf);
        return true;
    }

    /// <summary>Whether a call is said to extract.</summary>
    /// <param name="roleOf">What a type is to the transport in question.</param>
    /// <param name="carrier">What it extracts from; null when it is handed nothing.</param>
    public static bool IsExtraction(IInvocationOperation call, Settings settings, Func<ITypeSymbol?, CarrierRole> roleOf, out IOperation? carrier)
    {
        carrier = null;
        if (!settings.Extracts(call.TargetMethod, call.Syntax.SyntaxTree))
        {
            return false;
        }

        carrier = CarrierOf(call, settings.CarrierParameterOf(call.TargetMethod, DeclarationKind.Extract), roleOf);
        return true;
    }

    // The parameter that is named; else the first that is a message or a carrier; else whatever comes first.
    private static IOperation? CarrierOf(IInvocationOperation call, string? parameter, Func<ITypeSymbol?, CarrierRole> roleOf)
    {
        IOperation? first = null;
        foreach (var argument in call.Arguments)
        {
            if (parameter is not null ? argument.Parameter?.Name == parameter : roleOf(argument.Parameter?.Type) is not CarrierRole.None)
            {
                return argument.Value;
            }

            first ??= argument.Value;
        }

        return call.Instance is { } instance && (first is null || roleOf(instance.Type) is not CarrierRole.None) ? instance : first;
    }
}
