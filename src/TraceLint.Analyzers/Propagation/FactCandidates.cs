using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Configuration;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// Which facts a project can have, as far as its words and its syntax tell. Asked before any symbol, because the compiler makes the
/// source symbols anew for the analyzers, while what was read of a file (<see cref="SourceWords"/>, <see cref="FileIndex"/>) is kept for
/// the rules. Services that publish a lot but offer nothing to other projects end here.
/// </summary>
internal static class FactCandidates
{
    private const int MaxNames = 100;

    private static readonly int[] s_injects = SourceWords.HashesOf(["InjectsTraceContext", ContextAttributes.Injects]);
    private static readonly int[] s_extracts = SourceWords.HashesOf(["ExtractsTraceContext", ContextAttributes.Extracts]);

    // Types of parameters that are neither messages nor carriers nor collections of them.
    private static readonly HashSet<string> s_others = new(StringComparer.Ordinal)
    {
        "System", "Threading", "Tasks", "Collections", "Generic", "Confluent", "Kafka", "String", "Object", "Guid", "Uri", "DateTime",
        "DateTimeOffset", "TimeSpan", "CancellationToken", "Task", "Func", "Action", "Exception", "IEnumerable", "ICollection", "IList",
        "List", "IReadOnlyCollection", "IReadOnlyList", "IAsyncEnumerable", "HashSet", "Queue", "Activity", "IProducer", "IConsumer",
        "ConsumeResult", "IAmazonSQS", "IAmazonSimpleNotificationService", "IModel", "IConnection", "BasicDeliverEventArgs",
    };

    /// <summary>
    /// The kinds of facts that there may be: whether a method that others can call may publish, inject into or extract from an argument.
    /// </summary>
    /// <param name="publishes">The names of the methods that publish.</param>
    public static ImmutableArray<DeclarationKind> KindsIn(
        IEnumerable<string> publishes, CompilationContext context, CancellationToken cancellation)
    {
        var kinds = ImmutableArray.CreateBuilder<DeclarationKind>();
        if (MayHandOn(publishes, context, cancellation))
        {
            kinds.Add(DeclarationKind.Publish);
        }

        if (IsAnywhere(s_injects, context, cancellation) || MayHandOn(["Inject"], context, cancellation))
        {
            kinds.Add(DeclarationKind.Inject);
        }

        if (IsAnywhere(s_extracts, context, cancellation) || MayExtract(context, cancellation))
        {
            kinds.Add(DeclarationKind.Extract);
        }

        return kinds.ToImmutable();
    }

    private static bool IsAnywhere(int[] words, CompilationContext context, CancellationToken cancellation)
        => context.Compilation.SyntaxTrees.Any(tree => SourceWords.StandIn(tree, words, cancellation));

    private static bool MayExtract(CompilationContext context, CancellationToken cancellation)
        => CallIndex.SyntaxOf("Extract", context, cancellation).Concat(CallIndex.SyntaxOf("TryParse", context, cancellation))
            .Any(static call => call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { ParameterList.Parameters.Count: > 0 } method
                && method.ReturnType.GetLastToken().ValueText is "PropagationContext" or "ActivityContext"
                && IsVisible(method));

    // From the calls outwards: what is private may be called by something that is not.
    private static bool MayHandOn(IEnumerable<string> calls, CompilationContext context, CancellationToken cancellation)
    {
        var names = new Queue<string>(calls);
        var seen = new HashSet<string>(names, StringComparer.Ordinal);
        for (var left = names.Count + MaxNames; names.Count > 0 && left > 0; left--)
        {
            foreach (var call in CallIndex.SyntaxOf(names.Dequeue(), context, cancellation))
            {
                if (EnclosingBody.Of(call) is not MethodDeclarationSyntax method || !method.ParameterList.Parameters.Any(MayCarry))
                {
                    continue;
                }

                if (IsVisible(method))
                {
                    return true;
                }

                if (seen.Add(method.Identifier.ValueText))
                {
                    names.Enqueue(method.Identifier.ValueText);
                }
            }
        }

        return false;
    }

    private static bool MayCarry(ParameterSyntax parameter)
        => parameter.Type?.DescendantTokens().Any(static token
            => token.IsKind(SyntaxKind.IdentifierToken) && !s_others.Contains(token.ValueText)) == true;

    // A method of a type that nobody else sees may implement an interface that others see.
    private static bool IsVisible(MethodDeclarationSyntax method)
    {
        if (!IsPublic(method.Modifiers) && method.ExplicitInterfaceSpecifier is null && method.Parent is not InterfaceDeclarationSyntax)
        {
            return false;
        }

        var mayImplement = !method.Modifiers.Any(SyntaxKind.StaticKeyword) && method.Parent is TypeDeclarationSyntax { BaseList: not null };
        return mayImplement || method.Ancestors().OfType<TypeDeclarationSyntax>().All(static type
            => IsPublic(type.Modifiers) || type.Modifiers.Any(SyntaxKind.PartialKeyword) || type.Parent is InterfaceDeclarationSyntax);
    }

    private static bool IsPublic(SyntaxTokenList modifiers)
        => modifiers.Any(SyntaxKind.PublicKeyword) || modifiers.Any(SyntaxKind.ProtectedKeyword);
}
