using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// What is stored with a job of Quartz: whether any <c>JobDataMap</c> of the code that creates the job may get a context. Data whose keys
/// are not visible may be one.
/// </summary>
/// <param name="library">The assembly of Quartz.</param>
/// <param name="context">The project.</param>
internal sealed class QuartzData(IAssemblySymbol library, CompilationContext context)
{
    /// <summary>Whether what is stored may be a context.</summary>
    /// <param name="creation">The call that stores the job.</param>
    public bool MayCarry(IInvocationOperation creation, CancellationToken cancellation)
    {
        if (EnclosingBody.Of(creation.Syntax) is not { } body || creation.Arguments.Any(argument => IsGivenData(argument.Value, cancellation)))
        {
            return true;
        }

        var model = context.Of(body.SyntaxTree);
        foreach (var node in body.DescendantNodes())
        {
            var mayCarry = node switch
            {
                InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax => model.GetOperation(node, cancellation) switch
                {
                    IInvocationOperation call => Stores(call, cancellation),
                    IObjectCreationOperation made when IsData(made.Type) => made.Arguments.Length > 0 || AddsContext(made, cancellation),
                    _ => false,
                },
                ElementAccessExpressionSyntax or ImplicitElementAccessSyntax
                    => model.GetOperation(node, cancellation) is IPropertyReferenceOperation { Instance.Type: var type, Arguments: [var key] }
                        && IsData(type) && !IsBusiness(key.Value),
                _ => false,
            };
            if (mayCarry)
            {
                return true;
            }
        }

        return false;
    }

    private bool Stores(IInvocationOperation call, CancellationToken cancellation)
    {
        var method = call.TargetMethod;
        if (IsData(call.Instance?.Type) || (IsOfLibrary(method) && method.Name is "UsingJobData" or "SetJobData"))
        {
            return call.Arguments switch
            {
                [] => false,
                [{ Value: var map }] when IsData(map.Type) => IsGivenData(map, cancellation),
                [{ Value: var key }, ..] => !IsBusiness(key),
            };
        }

        // A helper may fill it.
        return !IsOfLibrary(method)
            && call.Arguments.Any(argument => argument.Value.Unconverted().Type is { Name: not ("IScheduler" or "JobKey") } type && IsOfLibrary(type));
    }

    // new JobDataMap { { "key", value } }
    private bool AddsContext(IObjectCreationOperation made, CancellationToken cancellation)
        => made.Initializer?.Initializers.Any(entry => entry is IInvocationOperation call && Stores(call, cancellation)) == true;

    private bool IsGivenData(IOperation map, CancellationToken cancellation)
        => IsData(map.Unconverted().Type) && !map.IsNull() && OnlyValue.Of(map, context, cancellation) is not IObjectCreationOperation;

    private static bool IsBusiness(IOperation key)
        => key.ConstantValue is { HasValue: true, Value: string name } && !TraceVocabulary.MayHoldContextOfItem(name) && !TraceVocabulary.MayNameContextHeader(name);

    private bool IsData(ITypeSymbol? type) => type is { Name: "JobDataMap" } && IsOfLibrary(type);

    private bool IsOfLibrary(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, library);
}
