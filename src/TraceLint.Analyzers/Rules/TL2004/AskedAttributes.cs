using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>Whether a receive requests the attributes with the trace context.</summary>
internal enum Asked
{
    /// <summary>It requests them, or may.</summary>
    ForContext,

    /// <summary>It takes a URL and cannot request attributes.</summary>
    CannotAsk,

    /// <summary>It requests no attributes.</summary>
    ForNothing,

    /// <summary>It requests other attributes only.</summary>
    ForOthers,

    /// <summary>It uses a wildcard that SQS does not support.</summary>
    WithInvalidWildcard,
}

/// <summary>
/// The attributes that the request of a receive names. A request that is created in the body, or by a method of the project, is
/// followed; one that is passed to other code or stored in a field may request anything.
/// </summary>
internal sealed class AskedAttributes(SqsReceive sqs, CompilationContext context)
{
    private const int MaxDepth = 3;

    /// <summary>What a call requests.</summary>
    /// <param name="argument">The request or the URL.</param>
    /// <returns>What it requests, and the syntax that shows it; null when that is not visible.</returns>
    public (Asked Asked, SyntaxNode Where)? By(IOperation argument, CancellationToken cancellation)
        => argument.Type?.SpecialType is SpecialType.System_String
            ? (Asked.CannotAsk, argument.Syntax)
            : ByRequest(argument, MaxDepth, cancellation);

    private (Asked Asked, SyntaxNode Where)? ByRequest(IOperation request, int depth, CancellationToken cancellation)
    {
        if (depth == 0)
        {
            return null;
        }

        switch (request)
        {
            case IConversionOperation conversion:
                return ByRequest(conversion.Operand, depth, cancellation);
            case IObjectCreationOperation { Syntax: BaseObjectCreationExpressionSyntax creation, SemanticModel: { } model }
                when Is(request.Type):
                return ByCreation(creation, [], model, cancellation);
            case ILocalReferenceOperation { Local: var local, SemanticModel: { } model }
                when LocalValues.Of(local, model, cancellation)
                    is [IObjectCreationOperation { Syntax: BaseObjectCreationExpressionSyntax creation } made]
                    && Is(made.Type):
                return UsesOf(local, model, cancellation) is { } named ? ByCreation(creation, named, model, cancellation) : null;
            case IInvocationOperation { TargetMethod: var method } call:
                return ByHelper(method, call.IsVirtual, depth, cancellation);
            default:
                return null;
        }
    }

    // The names that are added to the request in a local after its creation; null when other code may change the request.
    private List<ExpressionSyntax>? UsesOf(ILocalSymbol local, SemanticModel model, CancellationToken cancellation)
    {
        var named = new List<ExpressionSyntax>();
        foreach (var reference in LocalValues.References(local, model, cancellation))
        {
            switch (reference.Parent)
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: SqsReceive.AttributeNames } member
                    when member.Expression == reference:
                    switch (member.Parent)
                    {
                        case AssignmentExpressionSyntax assignment when assignment.Left == member:
                            named.Add(assignment.Right);
                            break;
                        case MemberAccessExpressionSyntax
                        {
                            Name.Identifier.ValueText: "Add",
                            Parent: InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var name }] }
                        }:
                            named.Add(name);
                            break;
                        default:
                            return null;
                    }

                    break;
                case MemberAccessExpressionSyntax member
                    when member.Expression == reference && model.GetSymbolInfo(member, cancellation).Symbol is IPropertySymbol:
                case AssignmentExpressionSyntax assignment when assignment.Left == reference:
                case ArgumentSyntax argument when IsReceive(argument, model, cancellation):
                case ReturnStatementSyntax:
                    break;
                default:
                    return null;
            }
        }

        return named;
    }

    private bool IsReceive(ArgumentSyntax argument, SemanticModel model, CancellationToken cancellation)
        => argument.Parent?.Parent is InvocationExpressionSyntax call
            && model.GetOperation(call, cancellation) is IInvocationOperation operation
            && sqs.IsReceive(operation, out _);

    private static (Asked Asked, SyntaxNode Where)? ByCreation(
        BaseObjectCreationExpressionSyntax creation, List<ExpressionSyntax> later, SemanticModel model, CancellationToken cancellation)
    {
        var named = later.ToList();
        foreach (var member in creation.Initializer?.Expressions ?? default)
        {
            if (member is not AssignmentExpressionSyntax
                {
                    Left: IdentifierNameSyntax { Identifier.ValueText: var name },
                    Right: var value
                })
            {
                return null;
            }

            if (name == SqsReceive.AttributeNames)
            {
                named.Add(value);
            }

            // With a visibility timeout of zero, the receive only peeks at the messages.
            if (name == "VisibilityTimeout" && model.GetConstantValue(value, cancellation) is { HasValue: true, Value: 0 })
            {
                return null;
            }
        }

        return named.Count == 0 ? (Asked.ForNothing, creation) : ByNames(named, model, cancellation);
    }

    private static (Asked Asked, SyntaxNode Where)? ByNames(
        List<ExpressionSyntax> named, SemanticModel model, CancellationToken cancellation)
    {
        var names = new List<string>();
        foreach (var value in named)
        {
            if (!AttributeNameLists.TryRead(value, names, model, cancellation))
            {
                return null;
            }
        }

        return names.Count == 0 ? (Asked.ForNothing, named[0])
            : names.Exists(AttributeNameLists.MayNameContext) ? (Asked.ForContext, named[0])
            : names.Contains("*") ? (Asked.WithInvalidWildcard, named[0])
            : (Asked.ForOthers, named[0]);
    }

    // A method that returns such a request on every path.
    private (Asked Asked, SyntaxNode Where)? ByHelper(IMethodSymbol method, bool isVirtual, int depth, CancellationToken cancellation)
    {
        (Asked Asked, SyntaxNode Where)? asked = null;
        foreach (var (_, graph) in context.BodiesOf(method, isVirtual, cancellation))
        {
            foreach (var operation in graph.OriginalOperation.Descendants())
            {
                if (operation is IReturnOperation { ReturnedValue: { } value })
                {
                    if (ByRequest(value, depth - 1, cancellation) is not { Asked: not Asked.ForContext } one)
                    {
                        return null;
                    }

                    asked ??= one;
                }
            }
        }

        return asked;
    }

    private bool Is(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, sqs.Request);
}
