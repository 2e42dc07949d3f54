using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// Which plain dictionaries are the headers of messages: those that are read from such a member, or end up in one, as far
/// as that is plain to see. Any other may be an envelope.
/// </summary>
internal sealed class HeaderDictionaries(SourceModels models, ICarrierModel model)
{
    private const int MaxDepth = 3;

    /// <summary>Whether a dictionary is that of a message.</summary>
    public bool Contains(IOperation dictionary, CancellationToken cancellation) => Contains(dictionary, depth: 0, cancellation);

    private bool Contains(IOperation dictionary, int depth, CancellationToken cancellation) => depth < MaxDepth && dictionary switch
    {
        IConversionOperation conversion => Contains(conversion.Operand, depth, cancellation),
        IPropertyReferenceOperation reference => IsCarrier(reference.Property),
        ICoalesceAssignmentOperation { Target: var target } => Contains(target, depth, cancellation),
        ILocalReferenceOperation { Local.Name: var name } => MeetsCarrier(dictionary.Syntax, name, cancellation) || IsReturnedToCarrier(dictionary.Syntax, cancellation),
        IParameterReferenceOperation { Parameter: var parameter } => MeetsCarrier(dictionary.Syntax, parameter.Name, cancellation) || IsGivenCarrier(parameter, depth, cancellation),
        _ => false,
    };

    private bool IsCarrier(ISymbol? member) => member is IPropertySymbol && model.RoleOfMember(member) is MemberRole.Carrier;

    // message.Headers = headers; headers = message.Headers; var headers = message.Headers
    private bool MeetsCarrier(SyntaxNode dictionary, string name, CancellationToken cancellation)
    {
        foreach (var node in EnclosingBody.Of(dictionary)?.DescendantNodes() ?? [])
        {
            if (node is AssignmentExpressionSyntax or VariableDeclaratorSyntax && Names(node, name) && HasCarrier(node, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Names(SyntaxNode node, string name)
        => node is VariableDeclaratorSyntax { Identifier.ValueText: var declared } && declared == name
            || node.DescendantNodes().Any(descendant => descendant is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name);

    private bool HasCarrier(SyntaxNode node, CancellationToken cancellation)
    {
        var semantics = models.Of(node.SyntaxTree);
        return node.DescendantNodes().Any(descendant => descendant is IdentifierNameSyntax identifier && IsCarrier(semantics.GetSymbolInfo(identifier, cancellation).Symbol));
    }

    // message.Headers = BuildHeaders()
    private bool IsReturnedToCarrier(SyntaxNode dictionary, CancellationToken cancellation)
    {
        if (EnclosingBody.Of(dictionary) is not MethodDeclarationSyntax { Identifier.ValueText: var name } method
            || models.Of(method.SyntaxTree).GetDeclaredSymbol(method, cancellation) is not IMethodSymbol symbol || model.RoleOf(symbol.ReturnType) is not CarrierRole.Carrier)
        {
            return false;
        }

        foreach (var call in CallIndex.CallsOf(name, models, cancellation))
        {
            if (call.Syntax.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { } assignment && HasCarrier(assignment, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    // Inject(message.Headers)
    private bool IsGivenCarrier(IParameterSymbol parameter, int depth, CancellationToken cancellation)
    {
        foreach (var call in CallIndex.CallsOf(parameter.ContainingSymbol.Name, models, cancellation))
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter?.Ordinal == parameter.Ordinal
                    && SymbolEqualityComparer.Default.Equals(argument.Parameter.ContainingSymbol.OriginalDefinition, parameter.ContainingSymbol.OriginalDefinition)
                    && Contains(argument.Value, depth + 1, cancellation))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
