using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Configuration;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// The publishes of one transport, and calls to methods of this project or of a referenced one that publish their argument: each is
/// judged, and reported when it drops the context.
/// </summary>
internal sealed class Publishes
{
    private readonly DiagnosticDescriptor _rule;
    private readonly Transport _transport;
    private readonly CarrierFlow _flow;
    private readonly Wrappers _wrappers;
    private readonly TracedProgram _program;
    private readonly PublishSites _sites;
    private readonly ContextMembers _members;
    private readonly ReportedAsSkipped _skipped;

    private Publishes(DiagnosticDescriptor rule, Transport transport, CompilationContext compilation)
    {
        (_rule, _transport) = (rule, transport);
        _flow = new CarrierFlow(CarrierModel.For(transport, compilation), compilation);
        _wrappers = new Wrappers(_flow);
        _program = new TracedProgram(compilation);
        _sites = new PublishSites(compilation);
        _members = new ContextMembers(compilation);
        _skipped = new ReportedAsSkipped(compilation);
    }

    /// <summary>Registers a rule for the publishes of a transport.</summary>
    public static void Register(RuleContext context, DiagnosticDescriptor rule, Transport transport)
    {
        var publishes = new Publishes(rule, transport, context.CompilationContext);
        context.RegisterCallAction(publishes.Names, publishes.Analyze);
    }

    private IReadOnlyCollection<string> Names(CancellationToken cancellation)
        => _wrappers.NamesOf(cancellation).Union(_flow.Model.PublishNamesIn(cancellation)).ToList();

    private void Analyze(NodeContext context)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        var cancellation = context.CancellationToken;
        if (call.CalledName() is not { } name
            || context.SemanticModel.GetOperation(call, cancellation) is not IInvocationOperation operation
            || _flow.Context.Settings.IsInstrumented(_transport.NameOf(operation), call.SyntaxTree)
            || IsBoundary(operation.TargetMethod))
        {
            return;
        }

        var verdict = _flow.Model.EffectOf(operation).Kind is CallEffectKind.Publish
            ? _flow.Judge(call, cancellation)
            : _wrappers.Judge(operation, cancellation);
        if (verdict is { Kind: VerdictKind.Dropped } && !Pings.IsOne(verdict, operation, cancellation)
            && !_members.MayCarry(operation, cancellation) && !_skipped.Contains(call, cancellation))
        {
            var site = _sites.Of(operation, verdict, _transport, cancellation);
            var mayTrace = _program.MayTraceAt(call.SyntaxTree, cancellation);
            var called = MessageText.Called(operation.TargetMethod, context.SemanticModel.Compilation);
            context.ReportDiagnostic(PublishDiagnostic.Create(_rule, name, called, verdict, site, _transport, mayTrace));
        }
    }

    // A boundary: a new trace starts on purpose in the method, or with the argument for one of its parameters.
    private static bool IsBoundary(IMethodSymbol method)
        => ContextAttributes.AreOn(method, ContextAttributes.Boundary)
            || ContextAttributes.ParameterWith(method, ContextAttributes.Boundary) is not null;
}
