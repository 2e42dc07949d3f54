using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>
/// TL1005: a trace header is appended where it has to be replaced, so that the message is published with two.
/// <para>Reports an <c>Inject</c> whose setter appends, or an <c>Add</c> of a header that carries a context, when on every path the
/// Kafka headers are those of a <c>ConsumeResult</c>, or were filled with all of them, and no header was removed before; also in a loop,
/// directly or through a helper, when the headers are made before the loop and published in each iteration.</para>
/// <para>Also reports, as Info, a message of Azure Service Bus that is sent with all application properties of a received one: the client
/// never replaces the context among them.</para>
/// <para>Does not report when the headers may be new or come from elsewhere, when the setter or the code before it removes a header, or
/// when the setter is not visible.</para>
/// </summary>
internal sealed class TL1005_AppendedTraceHeader : Rule
{
    internal const string Id = "TL1005";

    /// <summary>The property of a diagnostic about a message that is sent with the properties of a received one.</summary>
    internal const string CopiesProperties = nameof(CopiesProperties);

    private static readonly ImmutableDictionary<string, string?> s_copiedProperties
        = ImmutableDictionary<string, string?>.Empty.Add(CopiesProperties, null);

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Trace header is appended instead of replaced",
        messageFormat: "{0} {1}; remove the old header first",
        Category.Publish,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Adding a header to a Kafka message appends it and does not replace an existing one. A forwarded message that "
            + "gets a duplicate trace header in addition to the one it arrived with has two; some readers take the first, some the "
            + "last, and some neither.",
        helpLinkUri: Repository.RulesPage + "#tl1005");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = ConfluentKafka.Words.Append("ServiceBus").ToArray();

    public override void Start(RuleContext context)
    {
        if (context.Compilation.TypeNamed(AzureMessages.Names.ServiceBusMessage) is { } received)
        {
            context.RegisterCallAction(CopiedProperties.CalledNames, node => AnalyzeSend(node, received));
        }

        if (ConfluentKafka.In(context.Compilation) is not { } kafka)
        {
            return;
        }

        var compilation = context.CompilationContext;
        var appends = new Appends(kafka, new CarrierFlow(CarrierModel.For(kafka, compilation), compilation));
        context.RegisterCallAction(Appends.CalledNames, node => Analyze(node, appends));
        context.RegisterCallAction(file => file.Calls.Keys, node => AnalyzeInLoop(node, appends));
    }

    // A helper that is called in a loop.
    private static void AnalyzeInLoop(NodeContext context, Appends appends)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { } name && Appends.LoopAround(call) is not null
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && appends.FindInHelper(operation, context.CancellationToken) is { } found)
        {
            Report(context, name, found);
        }
    }

    private static void Analyze(NodeContext context, Appends appends)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { } name && Appends.MayAppend(call, name.Identifier.ValueText)
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && appends.Find(operation, context.CancellationToken) is { } found)
        {
            Report(context, name, found);
        }
    }

    private static void Report(NodeContext context, SimpleNameSyntax name, SecondHeader found)
        => context.ReportDiagnostic(Diagnostic.Create(
            s_rule,
            name.Identifier.GetLocation(),
            [found.Headers, found.Append.Syntax.GetLocation()],
            name.Identifier.ValueText,
            $"appends a duplicate trace header to headers {found.Origin}"));

    private static void AnalyzeSend(NodeContext context, INamedTypeSymbol received)
    {
        if (context.SemanticModel.GetOperation(context.Node, context.CancellationToken) is IInvocationOperation send
            && CopiedProperties.Before(send, received, context.SemanticModel, context.CancellationToken) is var (loop, written))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                written.Name.GetLocation(),
                DiagnosticSeverity.Info,
                [loop.Expression.GetLocation(), send.Syntax.GetLocation()],
                s_copiedProperties,
                written.Name.ToString(),
                "keeps the trace context of a received message"));
        }
    }
}
