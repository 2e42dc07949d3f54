using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>A context that is propagated without its trace state.</summary>
/// <param name="Name">Where it is reported.</param>
/// <param name="Id">The id of the span that is written; null where a context is read.</param>
internal sealed record DroppedState(SyntaxNode Name, IPropertyReferenceOperation? Id);

/// <summary>
/// Finds contexts that are written or read by hand without their trace state, in code that does nothing else about it.
/// </summary>
internal sealed class DroppedStates(SpanStarts starts, CompilationContext context)
{
    private const string Parent = "traceparent";
    private const string State = "tracestate";
    private const int MaxCallers = 10;

    // A carrier that came with a message may already contain the trace state.
    private static readonly HashSet<string> s_received =
        new(StringComparer.Ordinal) { "BasicDeliverEventArgs", "ConsumeResult", "SQSMessage" };

    /// <summary>The names of the calls that may write or read a context by hand.</summary>
    public static readonly string[] CalledNames = ["Add", "TryAdd", "TryParse"];

    private static readonly char[] s_signs = ['_', '-'];
    private readonly ContextUses _uses = new(context);

    /// <summary>Whether a node may write or read a context by hand, judging by the names in it.</summary>
    public static bool MayBe(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax
        {
            ArgumentList.Arguments: [_, { Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } }, _, _]
        } call
            when call.CalledName() is { Identifier.ValueText: "TryParse" } => true,
        InvocationExpressionSyntax call when call.CalledName() is { Identifier.ValueText: "Inject" } => false,
        _ => Injection.IsCandidate(node),
    };

    /// <summary>The trace state that is dropped at a node.</summary>
    /// <returns>Null when none is dropped, or it may be propagated in another way.</returns>
    public DroppedState? Find(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        if (EnclosingBody.Of(node) is not { } body || SeesToState(body, cancellation))
        {
            return null;
        }

        return node is InvocationExpressionSyntax call && call.CalledName() is { Identifier.ValueText: "TryParse" } name
            ? model.GetOperation(call, cancellation) is IInvocationOperation parse
                && IsRead(parse, body, cancellation)
                ? new DroppedState(name, null)
                : null
            : Injection.Of(node, [], model, cancellation) is { Header: { } header, Carrier: { } carrier } injection
                && header.Equals(Parent, StringComparison.OrdinalIgnoreCase)
                && !Carrier.NeedsNoState(carrier)
                && IdIn(node, model, cancellation) is { } id
                && !MayHaveState(carrier, node, model, cancellation)
                && !IsSeenToByCallers(carrier, body, cancellation)
                && !IsLogged(node, model, cancellation)
                ? new DroppedState(injection.Name, id)
                : null;
    }

    // A remote context that is parsed in the body that reads the header.
    private bool IsRead(IInvocationOperation parse, SyntaxNode body, CancellationToken cancellation)
        => parse is
        {
            TargetMethod:
            {
                ContainingType.Name: "ActivityContext",
                Parameters: [_, _, { Name: "isRemote" }, { RefKind: RefKind.Out }]
            },
            Arguments: [_, _, _, var result]
        }
            && Mentions(body, Parent)
            && _uses.OfOutput(result, cancellation) is not ContextUse.Link;

    // A body that mentions the state or injects it, or calls a method of the project that mentions it.
    private bool SeesToState(SyntaxNode body, CancellationToken cancellation)
        => Mentions(body, State) || Injects(body) || IsSetByHelper(body, cancellation);

    // A carrier that is passed in may get its state from whoever passes it.
    private bool IsSeenToByCallers(IOperation carrier, SyntaxNode body, CancellationToken cancellation)
        => ComputedFrom.Of(carrier, cancellation).Any(static part => part is IParameterReferenceOperation)
            && context.Of(body.SyntaxTree).GetDeclaredSymbol(body, cancellation) is IMethodSymbol method
            && CallIndex.CallsOf(method.Name, context, cancellation)
                .Where(call => Callers.Calls(call, method))
                .Take(MaxCallers)
                .Any(call => EnclosingBody.Of(call.Syntax) is { } caller
                    && (SeesToState(caller, cancellation) || IsPassedElsewhere(call, caller, cancellation)));

    // The caller passes what it passes here to other methods of the project as well.
    private bool IsPassedElsewhere(IInvocationOperation call, SyntaxNode caller, CancellationToken cancellation)
        => call.Arguments.Any(argument => argument.Value.Syntax is IdentifierNameSyntax { Identifier.ValueText: var variable }
            && IsHandedOn(variable, caller, call.Syntax, context.Of(caller.SyntaxTree), cancellation));

    private bool IsSetByHelper(SyntaxNode body, CancellationToken cancellation)
        => body.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(
            call => context.Of(body.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
                && context.MethodsThatMayRun(method, isVirtual: true)
                    .Where(context.Has)
                    .Any(one => one.DeclaringSyntaxReferences.Any(declaration => Mentions(declaration.GetSyntax(cancellation), State))));

    private IPropertyReferenceOperation? IdIn(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        if (ValueOf(node) is not { } value || model.GetOperation(WithoutSuppression(value), cancellation) is not { } operation)
        {
            return null;
        }

        foreach (var part in ComputedFrom.Of(operation, cancellation))
        {
            if (part is IPropertyReferenceOperation { Property: { Name: "Id", ContainingType: var type }, Instance: { } instance } id
                && SymbolEqualityComparer.Default.Equals(type, starts.Activity))
            {
                // Whether there is a span at all is TL1004's question.
                return instance is IConditionalAccessInstanceOperation && !IsCurrent(IdSource.HolderOf(instance)) ? null : id;
            }
        }

        return null;
    }

    // The null-forgiving operator is not an operation.
    private static ExpressionSyntax WithoutSuppression(ExpressionSyntax value)
        => value is PostfixUnaryExpressionSyntax { Operand: var operand } ? operand : value;

    private static ExpressionSyntax? ValueOf(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => assignment.Right,
        InitializerExpressionSyntax { Expressions: [_, .., var last] } => last,
        InvocationExpressionSyntax
        {
            ArgumentList.Arguments: [{ Expression: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [_, .., var value] } }]
        }
            => value.Expression,
        InvocationExpressionSyntax { ArgumentList.Arguments: [_, .., var value] } => value.Expression,
        _ => null,
    };

    private static bool MayHaveState(IOperation carrier, SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var part in ComputedFrom.Of(carrier, cancellation))
        {
            if (part.Type is { Name: var type } && s_received.Contains(type))
            {
                return true;
            }
        }

        return carrier.Syntax is IdentifierNameSyntax { Identifier.ValueText: var variable }
            && IsHandedOn(variable, EnclosingBody.Of(node)!, except: null, model, cancellation);
    }

    // Other code that gets the carrier may write to it.
    private static bool IsHandedOn(
        string variable, SyntaxNode body, SyntaxNode? except, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var inner in body.DescendantNodes())
        {
            if (inner is ArgumentSyntax
                {
                    Expression: IdentifierNameSyntax { Identifier.ValueText: var handed },
                    Parent.Parent: InvocationExpressionSyntax call
                }
                && handed == variable
                && call != except
                && model.GetSymbolInfo(call, cancellation).Symbol is { Locations: [{ IsInSource: true }, ..] })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLogged(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var ancestor in node.Ancestors())
        {
            if (ancestor is InvocationExpressionSyntax call
                && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
                && (LogCalls.Are(method) || method.Name is "BeginScope"))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsCurrent(IOperation span)
        => span.Unconverted() is IPropertyReferenceOperation { Property: { Name: "Current", ContainingType: var type } }
            && SymbolEqualityComparer.Default.Equals(type, starts.Activity);

    private static bool Injects(SyntaxNode body)
        => body.DescendantNodes()
            .Any(static node => node is InvocationExpressionSyntax call && call.CalledName() is { Identifier.ValueText: "Inject" });

    private static bool Mentions(SyntaxNode body, string word)
    {
        foreach (var token in body.DescendantTokens())
        {
            var text = token.ValueText;
            if (text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0
                || (text.Length > word.Length
                    && text.IndexOfAny(s_signs) >= 0
                    && text.Replace("_", "").Replace("-", "").IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
            {
                return true;
            }
        }

        return false;
    }
}
