using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>Methods that ASP.NET Core and gRPC call to handle a request, inside the span that they start for it.</summary>
internal static class RequestHandlers
{
    private static readonly HashSet<string> s_parameters = new(StringComparer.Ordinal)
    {
        "Microsoft.AspNetCore.Http.HttpContext",
        "Grpc.Core.ServerCallContext",
    };

    /// <summary>A project with request handlers contains one of these words.</summary>
    public static readonly string[] Words =
    [
        "ActionResult", "ApiController", "Controller", "ControllerBase", "HttpContext", "IActionResult", "ServerCallContext",
    ];

    /// <summary>Whether a method handles requests: it takes the request as a parameter or is a public method of a controller.</summary>
    public static bool Contains(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (s_parameters.Contains(parameter.Type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)))
            {
                return true;
            }
        }

        if (method is not { DeclaredAccessibility: Accessibility.Public, IsStatic: false, MethodKind: MethodKind.Ordinary })
        {
            return false;
        }

        for (var type = method.ContainingType?.BaseType; type is not null; type = type.BaseType)
        {
            if (type.Name == "ControllerBase" && type.ContainingNamespace.ToDisplayString() == "Microsoft.AspNetCore.Mvc")
            {
                return true;
            }
        }

        return false;
    }
}
