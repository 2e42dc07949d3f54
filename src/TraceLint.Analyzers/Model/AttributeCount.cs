using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// Counts the attributes that code visibly sets on an SQS message: those in initializers and those set with constant names on every
/// path; for a batch, those of its fullest entry. SQS rejects a message with more than ten.
/// </summary>
internal static class AttributeCount
{
    /// <summary>The maximum number of attributes of a message.</summary>
    public const int Most = 10;

    /// <summary>The number of attributes that a context may need: traceparent, tracestate and baggage.</summary>
    public const int OfContext = 3;

    /// <summary>The number of attributes of what a call sends, itself or through a method of the project.</summary>
    public static int Of(IInvocationOperation publish, Transport transport, CancellationToken cancellation)
    {
        var arguments = publish.Arguments.Select(static argument => argument.Value)
            .Where(value => transport.RoleOf(value.Type) is not CarrierRole.None || IsSequence(value.Type, transport))
            .ToList();
        if (arguments.Count == 0 || EnclosingBody.Of(publish.Syntax) is not { } body || publish.SemanticModel is not { } model)
        {
            return 0;
        }

        var (initialized, variables) = (0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var argument in arguments)
        {
            foreach (var operation in PartsOf(argument, cancellation))
            {
                initialized = Math.Max(initialized, InitializedBy(operation, transport));
                if (operation is ILocalReferenceOperation or IParameterReferenceOperation)
                {
                    variables.Add(operation.Syntax.ToString());
                }
            }
        }

        if (arguments.Exists(argument => transport.RoleOf(argument.Type) is not CarrierRole.Message))
        {
            foreach (var node in body.DescendantNodes())
            {
                if (node is BaseObjectCreationExpressionSyntax && model.GetOperation(node, cancellation) is IObjectCreationOperation entry
                    && transport.RoleOf(entry.Type) is CarrierRole.Message)
                {
                    initialized = Math.Max(initialized, entry.DescendantsAndSelf().Max(operation => InitializedBy(operation, transport)));
                }
            }
        }

        return initialized + WrittenTo(variables, body, publish, transport, model, cancellation);
    }

    private static int InitializedBy(IOperation operation, Transport transport) => operation switch
    {
        IObjectCreationOperation { Initializer: { } initializer } creation when transport.RoleOf(creation.Type) is CarrierRole.Carrier
            => initializer.Initializers.Length,
        IMemberInitializerOperation member when transport.RoleOf(member.InitializedMember.Type) is CarrierRole.Carrier
            => member.Initializer.Initializers.Length,
        _ => 0,
    };

    // The number of names that are set unconditionally on one of the variables or on its attributes.
    private static int WrittenTo(
        HashSet<string> variables,
        SyntaxNode body,
        IInvocationOperation publish,
        Transport transport,
        SemanticModel model,
        CancellationToken cancellation)
    {
        var names = new HashSet<object>();
        foreach (var node in body.DescendantNodes())
        {
            var (carrier, key) = node switch
            {
                AssignmentExpressionSyntax
                {
                    Left: ElementAccessExpressionSyntax { Expression: var owner, ArgumentList.Arguments: [var index] },
                } => (owner, index.Expression),
                InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add", Expression: var owner },
                    ArgumentList.Arguments: [var first, _],
                } => (owner, first.Expression),
                _ => default,
            };
            if (carrier is not null && key is not null && node.SpanStart < publish.Syntax.SpanStart
                && variables.Contains(RootOf(carrier)) && !IsConditional(node, body)
                && model.GetConstantValue(key, cancellation) is { HasValue: true, Value: { } name }
                && transport.RoleOf(model.GetTypeInfo(carrier, cancellation).Type) is CarrierRole.Carrier)
            {
                names.Add(name);
            }
        }

        return names.Count;
    }

    private static string RootOf(ExpressionSyntax carrier)
        => (carrier is MemberAccessExpressionSyntax { Expression: var owner } ? owner : carrier).ToString();

    private static bool IsConditional(SyntaxNode node, SyntaxNode body)
        => node.Ancestors().TakeWhile(ancestor => ancestor != body).Any(static ancestor
            => ancestor is IfStatementSyntax or ElseClauseSyntax or SwitchSectionSyntax or ConditionalExpressionSyntax or CatchClauseSyntax
                or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private static bool IsSequence(ITypeSymbol? type, Transport transport)
        => type is IArrayTypeSymbol { ElementType: var one } ? transport.RoleOf(one) is CarrierRole.Message
            : type is INamedTypeSymbol { TypeArguments: [var element] } && transport.RoleOf(element) is CarrierRole.Message;

    // The operations of a value and of the initializers of the locals in it.
    private static IEnumerable<IOperation> PartsOf(IOperation value, CancellationToken cancellation)
    {
        var pending = new Queue<IOperation>();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        pending.Enqueue(value);
        while (pending.Count > 0)
        {
            foreach (var operation in pending.Dequeue().DescendantsAndSelf())
            {
                yield return operation;
                if (operation is ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: [var declaration] } local }
                    && seen.Add(local)
                    && declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: var initial }
                    && operation.SemanticModel?.GetOperation(initial, cancellation) is { } made)
                {
                    pending.Enqueue(made);
                }
            }
        }
    }
}
