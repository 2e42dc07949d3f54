using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>What else may write a trace context to the carrier of an injection that writes none.</summary>
internal sealed class OtherInjections(SpanModel model)
{
    private readonly IReadOnlyList<(Transport Transport, Instrumentation? Instrumentation)> _transports =
        [.. Transports.In(model.Context.Compilation).Select(transport => (transport, Instrumentation.Of(transport, model.Context)))];

    private readonly CodeBodies _code = CodeBodies.In(model.Context);

    /// <summary>Whether something else may, or the carrier needs no context.</summary>
    /// <param name="call">The injection.</param>
    /// <param name="mayWriteBaggage">Whether it may write baggage: code that adds only baggage may rely on others for the context.</param>
    public bool MayWrite(IInvocationOperation call, bool mayWriteBaggage, CancellationToken cancellation)
    {
        if (EnclosingBody.Of(call.Syntax) is not { } body || model.InjectionAt(call.Syntax, cancellation) is not { } injection)
        {
            return true;
        }

        var carrier = CarrierOf(injection, call);
        if (carrier.IsNone || (mayWriteBaggage && !IsMadeHere(injection.Carrier, cancellation)))
        {
            return true;
        }

        foreach (var node in body.DescendantNodes())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!call.Syntax.Contains(node) && MayWrite(node, carrier, mayWriteBaggage, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private bool MayWrite(SyntaxNode node, Carrier carrier, bool mayWriteBaggage, CancellationToken cancellation)
    {
        if (model.InjectionAt(node, cancellation) is { } injection)
        {
            return Operation(node, cancellation) is { } operation
                && !(operation is IInvocationOperation other && model.Empty.Find(other, cancellation).Any())
                && carrier.MayBe(CarrierOf(injection, operation));
        }

        return node is InvocationExpressionSyntax && Operation(node, cancellation) is IInvocationOperation call
            && ((mayWriteBaggage && IsSelfPropagating(call, cancellation)) || (IsGiven(call, carrier) && MayInject(call, cancellation)));
    }

    private bool MayInject(IInvocationOperation call, CancellationToken cancellation)
        => InjectingCall.IsCandidate(call.Syntax)
            || (model.Context.Has(call.TargetMethod) && model.Reaches(call.TargetMethod.OriginalDefinition, cancellation));

    // A local function may use the carrier without getting it.
    private static bool IsGiven(IInvocationOperation call, Carrier carrier)
        => call.TargetMethod.MethodKind is MethodKind.LocalFunction
            || IsIn(call.Instance, carrier) || call.Arguments.Any(argument => IsIn(argument.Value, carrier));

    private static bool IsIn(IOperation? value, Carrier carrier) => Carrier.RootOf(value) is { } root && carrier.IsIn(root);

    private bool IsSelfPropagating(IInvocationOperation call, CancellationToken cancellation)
    {
        foreach (var (transport, instrumentation) in _transports)
        {
            if (transport.PublishNames.Contains(call.TargetMethod.Name) && transport.IsPublish(call, out _))
            {
                return instrumentation?.Of(call, cancellation) is not null
                    || model.Context.Settings.IsInstrumented(transport.NameOf(call), call.Syntax.SyntaxTree);
            }
        }

        return false;
    }

    private bool IsMadeHere(IOperation? carrier, CancellationToken cancellation)
        => Carrier.RootOf(carrier) is ILocalSymbol local
            && carrier!.DescendantsAndSelf().OfType<ILocalReferenceOperation>()
                .FirstOrDefault(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local)) is { } root
            && _code.ValueOf(root.Syntax, cancellation) is { Objects: { IsEmpty: false } objects }
            && objects.All(static one => one.Kind is ObjectKind.Created);

    private Carrier CarrierOf(Injection? injection, IOperation operation)
    {
        var body = operation;
        while (body.Parent is { } parent)
        {
            body = parent;
        }

        return Carrier.Of(injection, operation, body, model.Types);
    }

    private IOperation? Operation(SyntaxNode node, CancellationToken cancellation)
        => model.Context.Of(node.SyntaxTree).OperationOf(node, cancellation);
}
