using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>What a project does with the system attributes of messages from SQS: writes to them, or hands them to a propagator.</summary>
internal sealed class SystemAttributes(ReadCarriers carriers, CompilationContext context)
{
    // X-Ray keeps its context in a system attribute: a getter may translate between the two names.
    private static readonly string[] s_xrayWords = ["AWSTraceHeader", "AWSXRayPropagator", "AddXRayTraceId", "Amzn"];

    private static readonly HashSet<string> s_writes = new(StringComparer.Ordinal) { "Add", "TryAdd" };

    private readonly object _gate = new();
    private bool? _areWritten;

    /// <summary>
    /// Whether the project puts entries into them or replaces them: a client or a pipeline of its own, which knows where to look.
    /// </summary>
    public bool AreWritten(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _areWritten ??= CallIndex.MentionsOf("Attributes", context, cancellation).Any(mention => IsWritten(mention)
                && carriers.AreSystemAttributes(context.Of(mention.SyntaxTree).GetSymbolInfo(mention, cancellation).Symbol));
        }
    }

    /// <summary>The system attributes that a propagator is told to extract from, and where they are passed.</summary>
    /// <param name="call">A call of <c>Extract</c> or the like.</param>
    /// <returns>Null where the propagator may find something in the carrier.</returns>
    public (SyntaxNode Argument, ReadCarrier Carrier)? ExtractedBy(IInvocationOperation call, CancellationToken cancellation)
    {
        if (!PropagationApi.AllIn(context.Compilation).Any(api => api.IsExtraction(call))
            || call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "carrier") is not { Value: var carrier }
            || carriers.Of(carrier, cancellation) is not { Kind: ReadCarrierKind.SystemAttributes } attributes
            || call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "getter") is not { Value: var getter }
            || DelegateBody.Of(getter, context, cancellation) is not { Body: var body, Method.Parameters: [_, var name, ..] }
            || !AsksForName(body, name)
            || body.Descendants().Any(operation => operation.ConstantValue is { HasValue: true, Value: string { Length: > 0 } }
                || carriers.IsOfMessage(operation.Type)))
        {
            return null;
        }

        return s_xrayWords.Any(word => CallIndex.FirstWord(word, context, cancellation) is not null)
            || (call.TargetMethod.ContainingType is { } propagator && context.TypesDerivedFrom(propagator.OriginalDefinition).Any())
                ? null
                : (carrier.Syntax, attributes);
    }

    // attributes.TryGetValue(name, out var value), attributes[name]
    private static bool AsksForName(IOperation body, IParameterSymbol name)
        => body.Descendants().Any(operation
            => operation is IArgumentOperation { Value: IParameterReferenceOperation { Parameter: var asked } }
            && SymbolEqualityComparer.Default.Equals(asked.OriginalDefinition, name.OriginalDefinition));

    private static bool IsWritten(IdentifierNameSyntax mention)
    {
        var whole = mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention ? access : (ExpressionSyntax)mention;
        return whole.Parent switch
        {
            AssignmentExpressionSyntax { Left: var target } => target == whole,
            ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax { Left: var target } } element => target == element,
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: var called }
                => s_writes.Contains(called),
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => call.CalledName()?.Identifier.ValueText is "Inject",
            _ => false,
        };
    }
}
