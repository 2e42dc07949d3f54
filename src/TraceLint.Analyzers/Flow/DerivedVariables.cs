using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>The variables of a body that hold something of what other variables hold: declared, assigned, looped over or matched from them.</summary>
internal static class DerivedVariables
{
    private const int MaxRounds = 3;

    /// <summary>The variables and all that are derived from them, in whatever order.</summary>
    public static HashSet<ISymbol> Of(IOperation body, IEnumerable<ISymbol> variables)
    {
        var derived = new HashSet<ISymbol>(variables, SymbolEqualityComparer.Default);
        var grew = true;
        for (var round = 0; grew && round < MaxRounds; round++)
        {
            grew = false;
            foreach (var operation in body.DescendantsAndSelf())
            {
                switch (operation)
                {
                    case IVariableDeclaratorOperation { Initializer.Value: var value, Symbol: var local } when Mentions(value, derived):
                        grew |= derived.Add(local);
                        break;
                    case IForEachLoopOperation loop when Mentions(loop.Collection, derived):
                        foreach (var variable in loop.Locals)
                        {
                            grew |= derived.Add(variable);
                        }

                        break;
                    case IAssignmentOperation { Target: ILocalReferenceOperation target } assignment when Mentions(assignment.Value, derived):
                        grew |= derived.Add(target.Local);
                        break;
                    case IIsPatternOperation pattern when Mentions(pattern.Value, derived):
                        grew |= AddDeclared(pattern.Pattern, derived);
                        break;
                    case IInvocationOperation call when call.Arguments.Any(static argument => argument.Parameter?.RefKind is RefKind.Out) && MentionsAny(call, derived):
                        grew |= AddDeclared(call, derived);
                        break;
                    case IInvocationOperation { Arguments: var arguments } call when MentionsAny(call, derived):
                        grew |= AddParametersOf(arguments, derived);
                        break;
                }
            }
        }

        return derived;
    }

    /// <summary>Whether an operation refers to one of the variables.</summary>
    public static bool Mentions(IOperation? operation, HashSet<ISymbol> variables)
    {
        foreach (var inner in operation?.DescendantsAndSelf() ?? [])
        {
            if ((inner is ILocalReferenceOperation local && variables.Contains(local.Local)) || (inner is IParameterReferenceOperation parameter && variables.Contains(parameter.Parameter)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MentionsAny(IInvocationOperation call, HashSet<ISymbol> variables)
        => Mentions(call.Instance, variables) || call.Arguments.Any(argument => LambdaOf(argument) is null && Mentions(argument.Value, variables));

    // What is selected, iterated or mapped in a lambda.
    private static bool AddParametersOf(IEnumerable<IArgumentOperation> arguments, HashSet<ISymbol> derived)
    {
        var grew = false;
        foreach (var argument in arguments)
        {
            if (LambdaOf(argument) is { } lambda)
            {
                foreach (var parameter in lambda.Symbol.Parameters)
                {
                    grew |= derived.Add(parameter);
                }
            }
        }

        return grew;
    }

    private static IAnonymousFunctionOperation? LambdaOf(IArgumentOperation argument)
        => (argument.Value.Unconverted() is IDelegateCreationOperation made ? made.Target : argument.Value.Unconverted()) as IAnonymousFunctionOperation;

    private static bool AddDeclared(IOperation root, HashSet<ISymbol> derived)
    {
        var grew = false;
        foreach (var operation in root.DescendantsAndSelf())
        {
            var variable = operation switch
            {
                IDeclarationPatternOperation { DeclaredSymbol: { } symbol } => symbol,
                IRecursivePatternOperation { DeclaredSymbol: { } symbol } => symbol,
                IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var local } } => local,
                _ => null,
            };
            grew |= variable is not null && derived.Add(variable);
        }

        return grew;
    }
}
