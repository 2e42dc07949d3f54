using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>
/// Whether code does with a message what it was received for: hands it, or something of it, to code that acts on it. Receiving,
/// settling, logging, tagging and handing on to a queue of the process are not that; writing to the console is, in a span that says that it consumes.
/// </summary>
internal sealed class Processing(SpanWrappers wrappers, Transport transport)
{
    private const int MaxDepth = 3;

    private static readonly string[] s_settling = ["Abandon", "Ack", "Commit", "Complete", "Delete", "Log", "Nack", "Pause", "Reject", "Resume", "Seek", "Settle", "StoreOffset"];

    private static readonly string[] s_handingOn = ["Buffer", "Enqueue", "Post", "TryWrite", "WriteAsync"];

    /// <summary>Whether statements process a message.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="derived">The variables that hold it, or something of it.</param>
    /// <param name="isConsumer">Whether the span says itself that it consumes: then what .NET does with the message counts, too.</param>
    public bool IsIn(ImmutableArray<SyntaxNode> statements, HashSet<ISymbol> derived, SemanticModel model, bool isConsumer, CancellationToken cancellation)
    {
        foreach (var statement in statements)
        {
            foreach (var operation in model.GetOperation(statement, cancellation)?.DescendantsAndSelf() ?? [])
            {
                if (IsOne(operation, derived, isConsumer, cancellation))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether statements hand a message to code whose result nobody looks at: it is done with the message.</summary>
    /// <inheritdoc cref="IsIn"/>
    public bool EndsIn(ImmutableArray<SyntaxNode> statements, HashSet<ISymbol> derived, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var statement in statements)
        {
            foreach (var node in statement.DescendantNodesAndSelf())
            {
                if (node is ExpressionStatementSyntax { Expression: var expression }
                    && model.GetOperation(expression is AwaitExpressionSyntax { Expression: var awaited } ? awaited : expression, cancellation) is { } operation
                    && (TaskIn(operation, cancellation) ?? operation).DescendantsAndSelf().OfType<IInvocationOperation>().Any(call => IsOne(call, derived, isConsumer: false, cancellation)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // var task = Handle(message); await task;
    private static IOperation? TaskIn(IOperation awaited, CancellationToken cancellation)
        => awaited is ILocalReferenceOperation { Type: INamedTypeSymbol { Arity: 0, Name: "Task" or "ValueTask" } } task
            ? ComputedFrom.DeclaredValue(task, cancellation)
            : null;

    private bool IsOne(IOperation operation, HashSet<ISymbol> derived, bool isConsumer, CancellationToken cancellation) => operation switch
    {
        IInvocationOperation call => IsHanded(call.Instance, call.Arguments, derived) && Processes(call, isConsumer, cancellation),
        IObjectCreationOperation { Type: INamedTypeSymbol type } creation => IsHanded(null, creation.Arguments, derived) && !transport.IsOwnMember(type)
            && !IsSystem(type.ContainingNamespace) && !type.Name.EndsWith("Exception", StringComparison.Ordinal) && !ExtractionSigns.IsSpanType(type),
        _ => false,
    };

    private bool Processes(IInvocationOperation call, bool isConsumer, CancellationToken cancellation, int depth = 0)
    {
        var method = call.TargetMethod;
        if (transport.IsOwnMember(method))
        {
            return transport.IsPublish(call, out _);
        }

        if (method.MethodKind is MethodKind.DelegateInvoke)
        {
            return true;
        }

        if (ExtractionSigns.IsSpanType(method.ContainingType) || ExtractionSigns.IsSpanType(call.Instance?.Type) || call.Arguments is [{ Value.Type: var first }, ..] && method.IsExtensionMethod && ExtractionSigns.IsSpanType(first)
            || (LogCalls.Are(method) && !(isConsumer && method.ContainingType.Name is "Console")) || wrappers.LeavesSpan(call, cancellation) || StartsWithOneOf(s_settling, method.Name) || StartsWithOneOf(s_handingOn, method.Name))
        {
            return false;
        }

        if (!IsSystem(method.ContainingNamespace))
        {
            return depth == MaxDepth || !OnlySettles(call, isConsumer, depth, cancellation);
        }

        var home = method.ContainingNamespace.ToDisplayString();
        return !home.StartsWith("System.Collections", StringComparison.Ordinal) && home is not ("System.Threading.Channels" or "System.Linq" or "System.Diagnostics")
            && (isConsumer || home.StartsWith("System.Text.Json", StringComparison.Ordinal));
    }

    // A method of the project that consists of calls which are no processing, and settles the message by one of them.
    private bool OnlySettles(IInvocationOperation call, bool isConsumer, int depth, CancellationToken cancellation)
        => FunctionBody.Of(call.TargetMethod, call.IsVirtual, wrappers.Context, cancellation) is { Body: var body }
            && CallsIn(body).ToList() is { Count: > 0 } calls
            && calls.Exists(static inner => inner?.CalledName() is { Identifier.ValueText: var name }
                && name is not "Log"
                && StartsWithOneOf(s_settling, name))
            && calls.TrueForAll(inner => inner is not null
                && wrappers.Context.Of(inner.SyntaxTree).GetOperation(inner, cancellation) is IInvocationOperation operation
                && !Processes(operation, isConsumer, cancellation, depth + 1));

    // The call that each statement consists of; null for other statements.
    private static IEnumerable<InvocationExpressionSyntax?> CallsIn(SyntaxNode body) => body switch
    {
        BlockSyntax { Statements: var statements }
            => statements.Select(static statement => CallIn((statement as ExpressionStatementSyntax)?.Expression)),
        ExpressionSyntax expression => [CallIn(expression)],
        _ => [null],
    };

    private static InvocationExpressionSyntax? CallIn(ExpressionSyntax? expression) => expression switch
    {
        InvocationExpressionSyntax call => call,
        AwaitExpressionSyntax { Expression: var awaited } => CallIn(awaited),
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax call } => call,
        _ => null,
    };

    private static bool IsHanded(IOperation? instance, ImmutableArray<IArgumentOperation> arguments, HashSet<ISymbol> derived)
        => DerivedVariables.Mentions(instance, derived) || arguments.Any(argument => DerivedVariables.Mentions(argument.Value, derived));

    private static bool IsSystem(INamespaceSymbol? home) => home?.ToDisplayString() is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));

    private static bool StartsWithOneOf(string[] words, string name)
    {
        foreach (var word in words)
        {
            if (name.StartsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
