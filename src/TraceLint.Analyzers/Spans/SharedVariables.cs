using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Spans;

/// <summary>
/// The variables of a body that a lambda or a local function writes: what they hold depends on when it runs, so nothing is
/// assumed of them.
/// </summary>
internal static class SharedVariables
{
    /// <summary>Finds them.</summary>
    /// <param name="body">The operation of the whole body.</param>
    public static HashSet<ISymbol> In(IOperation body)
    {
        var shared = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in body.Descendants())
        {
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                AddWritten(operation, shared);
            }
        }

        return shared;
    }

    private static void AddWritten(IOperation nested, HashSet<ISymbol> shared)
    {
        foreach (var operation in nested.Descendants())
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                _ => null,
            };
            ISymbol? variable = target switch
            {
                ILocalReferenceOperation local => local.Local,
                IParameterReferenceOperation parameter => parameter.Parameter,
                _ => null,
            };
            if (variable is { DeclaringSyntaxReferences: [var declaration] } && !nested.Syntax.Span.Contains(declaration.Span))
            {
                shared.Add(variable);
            }
        }
    }
}
