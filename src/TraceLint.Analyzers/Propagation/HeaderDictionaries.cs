using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// Which plain dictionaries are the headers of messages: those that are read from such a member, or end up in one, as far
/// as that is plain to see. Any other may be an envelope.
/// </summary>
internal sealed class HeaderDictionaries(CompilationContext context, ICarrierModel model)
{
    private const int MaxDepth = 3;

    /// <summary>Whether a dictionary is that of a message.</summary>
    public bool Contains(IOperation dictionary, CancellationToken cancellation) => Contains(dictionary, depth: 0, cancellation);

    /// <summary>
    /// Whether a dictionary becomes the headers of what a library sends, by HTTP or another queue: it is set as a member there, handed
    /// to its code, or copied into something of it.
    /// </summary>
    public bool AreOfLibrary(IOperation dictionary, CancellationToken cancellation) => AreOfLibrary(dictionary, depth: 0, cancellation);

    private bool AreOfLibrary(IOperation dictionary, int depth, CancellationToken cancellation)
    {
        var name = dictionary switch
        {
            ILocalReferenceOperation { Local.Name: var local } => local,
            IParameterReferenceOperation { Parameter.Name: var parameter } => parameter,
            _ => null,
        };
        if (name is null || depth == MaxDepth || EnclosingBody.Of(dictionary.Syntax) is not { } body)
        {
            return false;
        }

        var semantics = context.Of(body.SyntaxTree);
        return NameIndex.Of(body, name).Any(reference => semantics.GetOperation(reference, cancellation) is { } operation
            && GoesToLibrary(operation, body, depth, cancellation));
    }

    private bool GoesToLibrary(IOperation operation, SyntaxNode body, int depth, CancellationToken cancellation)
    {
        while (operation.Parent is IConversionOperation or ICoalesceOperation or IAwaitOperation)
        {
            operation = operation.Parent;
        }

        switch (operation.Parent)
        {
            case IAssignmentOperation { Target: IMemberReferenceOperation { Member.ContainingType: var owner } } assignment when assignment.Value == operation:
                return IsOfLibrary(owner);
            case IArgumentOperation { Parent: IObjectCreationOperation { Type: { } made } }:
                return IsOfLibrary(made);
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } }:
                return IsOfLibrary(method.ContainingType) && !Bystanders.Contains(method) && method.Name != "Inject"
                    && method.Name.IndexOf("Serialize", StringComparison.Ordinal) < 0;
            case IForEachLoopOperation { Body: var copy }:
                return copy.Descendants().Any(IsWriteToLibrary);
            case IReturnOperation when body is MethodDeclarationSyntax { Identifier.ValueText: var name } method
                && context.Of(body.SyntaxTree).GetDeclaredSymbol(method, cancellation) is IMethodSymbol symbol:
                return CallIndex.CallsOf(name, context, cancellation).Any(call => Callers.Calls(call, symbol)
                    && (GoesToLibrary(call, EnclosingBody.Of(call.Syntax) ?? call.Syntax, depth + 1, cancellation)
                        || IsHeldFor(call, depth, cancellation)));
            default:
                return false;
        }
    }

    // var headers = BuildHeaders(); ... request.Headers = headers;
    private bool IsHeldFor(IOperation call, int depth, CancellationToken cancellation)
        => call.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }
            && depth + 1 < MaxDepth && EnclosingBody.Of(call.Syntax) is { } body
            && NameIndex.Of(body, local.Name).Any(reference
                => context.Of(body.SyntaxTree).GetOperation(reference, cancellation) is ILocalReferenceOperation operation
                && GoesToLibrary(operation, body, depth + 1, cancellation));

    private bool IsWriteToLibrary(IOperation operation)
    {
        var target = operation switch
        {
            IAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: var written } } => written,
            IInvocationOperation { Arguments.IsEmpty: false, Instance: var called } => called,
            _ => null,
        };
        return target?.Type is { } type && (IsOfLibrary(type)
            || target is IPropertyReferenceOperation { Property.ContainingType: var owner } && IsOfLibrary(owner));
    }

    private bool IsOfLibrary(ITypeSymbol type)
        => !context.Has(type) && type is INamedTypeSymbol { IsAnonymousType: false, IsTupleType: false, ContainingNamespace: var home }
            && home.ToDisplayString() is var name && !name.StartsWith("System.Collections", StringComparison.Ordinal)
                && name is not ("System" or "System.Text" or "System.Linq");

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
        var semantics = context.Of(node.SyntaxTree);
        return node.DescendantNodes().Any(descendant => descendant is IdentifierNameSyntax identifier && IsCarrier(semantics.GetSymbolInfo(identifier, cancellation).Symbol));
    }

    // message.Headers = BuildHeaders()
    private bool IsReturnedToCarrier(SyntaxNode dictionary, CancellationToken cancellation)
    {
        if (EnclosingBody.Of(dictionary) is not MethodDeclarationSyntax { Identifier.ValueText: var name } method
            || context.Of(method.SyntaxTree).GetDeclaredSymbol(method, cancellation) is not IMethodSymbol symbol || model.RoleOf(symbol.ReturnType) is not CarrierRole.Carrier)
        {
            return false;
        }

        foreach (var call in CallIndex.CallsOf(name, context, cancellation))
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
        foreach (var call in CallIndex.CallsOf(parameter.ContainingSymbol.Name, context, cancellation))
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
