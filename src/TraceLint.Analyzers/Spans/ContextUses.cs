using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>What becomes of a context.</summary>
internal enum ContextUse
{
    /// <summary>It cannot be seen.</summary>
    Unknown,

    /// <summary>It is linked to, and nothing is its child.</summary>
    Link,

    /// <summary>It is handed to whoever calls, and no caller is seen to do anything with it.</summary>
    Returned,

    /// <summary>It is somebody's parent.</summary>
    Parent,
}

/// <summary>Finds out what becomes of a context: in its method, and where that returns it, at the callers in the project.</summary>
internal sealed class ContextUses(CompilationContext compilation)
{
    private const int MaxDepth = 3;

    /// <summary>The use that matters most.</summary>
    public ContextUse Of(IOperation context, CancellationToken cancellation) => Of(context, MaxDepth, cancellation);

    /// <summary>The same for the context that a call returns through an argument.</summary>
    public ContextUse OfOutput(IArgumentOperation output, CancellationToken cancellation) => OfOutput(output, MaxDepth, cancellation);

    private ContextUse Of(IOperation context, int depth, CancellationToken cancellation)
    {
        for (var (current, parent) = (context, context.Parent); parent is not null; (current, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case IConversionOperation or ICoalesceOperation or IConditionalOperation or ISwitchExpressionOperation or ISwitchExpressionArmOperation:
                case IConditionalAccessOperation access when access.WhenNotNull == current:
                case IVariableInitializerOperation:
                    continue;
                case IArgumentOperation argument:
                    return OfArgument(argument);
                case IVariableDeclaratorOperation { Symbol: var local }:
                    return OfLocal(local, parent.Syntax, depth, cancellation);
                case ISimpleAssignmentOperation { Target: var target }:
                    return OfTarget(target, depth, cancellation);
                case IReturnOperation:
                    return OfResult(parent.Syntax, result: null, depth, cancellation);
                default:
                    return ContextUse.Unknown;
            }
        }

        return ContextUse.Unknown;
    }

    private static ContextUse OfArgument(IArgumentOperation argument)
    {
        var taker = argument.Parent switch
        {
            IObjectCreationOperation { Type.Name: var type } => type,
            IInvocationOperation { TargetMethod.Name: var method } => method,
            _ => "",
        };
        return taker.IndexOf("Link", StringComparison.Ordinal) >= 0 ? ContextUse.Link
            : taker is "PropagationContext" ? ContextUse.Parent
            : OfName(argument.Parameter?.Name ?? "");
    }

    private ContextUse OfTarget(IOperation target, int depth, CancellationToken cancellation) => target switch
    {
        ILocalReferenceOperation { Local: var local } => OfLocal(local, target.Syntax, depth, cancellation),
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.Out } result } => OfResult(target.Syntax, result, depth, cancellation),
        IMemberReferenceOperation { Member.Name: var name } => OfName(name),
        _ => ContextUse.Unknown,
    };

    private static ContextUse OfName(string name)
        => name.IndexOf("parent", StringComparison.OrdinalIgnoreCase) >= 0 ? ContextUse.Parent
            : name.IndexOf("link", StringComparison.OrdinalIgnoreCase) >= 0 ? ContextUse.Link
            : ContextUse.Unknown;

    private ContextUse OfLocal(ILocalSymbol local, SyntaxNode within, int depth, CancellationToken cancellation)
    {
        var use = ContextUse.Unknown;
        if (depth == 0 || EnclosingBody.Of(within) is not { } body)
        {
            return use;
        }

        var model = compilation.Of(body.SyntaxTree);
        foreach (var node in body.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name
                && model.GetOperation(name, cancellation) is ILocalReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && reference.Parent is not ISimpleAssignmentOperation { Target: ILocalReferenceOperation })
            {
                use = Max(use, Of(ValueOf(reference), depth - 1, cancellation));
            }
        }

        return use;
    }

    // The value of a nullable is the context, too.
    private static IOperation ValueOf(IOperation reference)
        => reference.Parent is IPropertyReferenceOperation { Property.Name: "Value" } value ? value
            : reference.Parent is IInvocationOperation { TargetMethod.Name: "GetValueOrDefault" } call ? call
            : reference;

    private ContextUse OfResult(SyntaxNode within, IParameterSymbol? result, int depth, CancellationToken cancellation)
    {
        var function = within.FirstAncestorOrSelf<SyntaxNode>(static node => node is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax);
        if (depth == 0 || function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            || compilation.Of(function.SyntaxTree).GetDeclaredSymbol(function, cancellation) is not IMethodSymbol method)
        {
            return ContextUse.Unknown;
        }

        var use = OfName(method.Name) is ContextUse.Link ? ContextUse.Link : ContextUse.Returned;
        foreach (var call in CallIndex.CallsOf(method.Name, compilation, cancellation))
        {
            if (SymbolEqualityComparer.Default.Equals((call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition, method))
            {
                var atCall = result is null ? Of(call, depth - 1, cancellation)
                    : call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == result.Ordinal) is { } output ? OfOutput(output, depth - 1, cancellation)
                    : ContextUse.Unknown;
                use = use is ContextUse.Returned && atCall is not ContextUse.Unknown ? atCall : Max(use, atCall);
            }
        }

        return use;
    }

    private ContextUse OfOutput(IArgumentOperation output, int depth, CancellationToken cancellation)
        => OfTarget(output.Value is IDeclarationExpressionOperation { Expression: var declared } ? declared : output.Value, depth, cancellation);

    private static ContextUse Max(ContextUse one, ContextUse other) => one > other ? one : other;
}
