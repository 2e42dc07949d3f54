using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>
/// What injects without being called at the publish: an instrumented client, a decorator around it, a handler in its
/// pipeline. Exactly as far as that goes: a client that is seen to be built without is none of them.
/// </summary>
internal abstract class Instrumentation(CompilationContext context)
{
    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string DispatchProxy = "System.Reflection.DispatchProxy";
    }

    /// <summary>The metadata names of libraries that cannot be restored for tests.</summary>
    internal static class StubbedNames
    {
        public const string Interceptor = "Castle.DynamicProxy.IInterceptor";
    }

    protected CompilationContext Context => context;

    /// <summary>What can instrument the clients of a transport; null when nothing is known that does.</summary>
    public static Instrumentation? Of(Transport transport, CompilationContext context) => transport switch
    {
        ConfluentKafka kafka => new KafkaInstrumentation(kafka, context),
        AwsMessaging aws => new AwsInstrumentation(aws, context),
        AwsPayloads payloads => new XRayClients(payloads, context),
        Mqtt mqtt => new MqttProtocol(mqtt, context),
        DotPulsar pulsar => new PulsarOptIn(pulsar, context),
        DeclaredBus bus => new DeclaredClients(bus, context),
        { Clients: { IsEmpty: false } clients } => new Decorators(transport, clients, context),
        _ => null,
    };

    /// <summary>Why the client of a publish injects, or may inject, by itself.</summary>
    /// <returns>Null when it does not.</returns>
    public abstract Evidence? Of(IInvocationOperation publish, CancellationToken cancellation);

    /// <summary>The place of the first call of a name in the project; null when there is none.</summary>
    protected Location? FirstCall(string name, CancellationToken cancellation)
    {
        foreach (var call in CallIndex.CallsOf(name, context, cancellation))
        {
            return call.Syntax.GetLocation();
        }

        return null;
    }

    /// <summary>The types of the project that can stand in for anything, made at run time.</summary>
    protected IEnumerable<INamedTypeSymbol> Proxies()
    {
        foreach (var name in new[] { Names.DispatchProxy, StubbedNames.Interceptor })
        {
            foreach (var type in context.Compilation.TypeNamed(name) is { } known ? context.TypesDerivedFrom(known) : [])
            {
                yield return type;
            }
        }
    }

    /// <summary>Whether the type that is declared at a place mentions a name.</summary>
    protected static bool Mentions(Location type, string name, CancellationToken cancellation)
        => type.SourceTree?.GetRoot(cancellation).FindNode(type.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>()?.DescendantTokens().Any(token
            => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name) == true;

    /// <summary>
    /// What a client is made with, where that can be seen: the initializer of the local or field it is in, or the one
    /// assignment in the type that the field belongs to.
    /// </summary>
    protected IOperation? MadeWith(IOperation? client, CancellationToken cancellation)
    {
        var symbol = client switch
        {
            ILocalReferenceOperation local => local.Local,
            IFieldReferenceOperation field => field.Field,
            IPropertyReferenceOperation property => (ISymbol)property.Property,
            _ => null,
        };

        if (symbol is null)
        {
            return client;
        }

        if (symbol.DeclaringSyntaxReferences is not [var declaration] || !context.Compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        {
            return null;
        }

        var node = declaration.GetSyntax(cancellation);
        var scope = symbol is ILocalSymbol ? EnclosingBody.Of(node) : node.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        var value = node switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var initial } => initial,
            PropertyDeclarationSyntax { Initializer.Value: var initial } => initial,
            _ => null,
        };

        foreach (var descendant in scope?.DescendantNodes() ?? [])
        {
            if (descendant is AssignmentExpressionSyntax assignment && NameOf(assignment.Left) == symbol.Name)
            {
                if (value is not null)
                {
                    return null;
                }

                value = assignment.Right;
            }
        }

        return value is null ? null : context.Of(value.SyntaxTree).GetOperation(value, cancellation);
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name.Identifier.ValueText,
        _ => null,
    };
}
