using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>
/// TL1005: a trace header is appended where it has to be replaced, so that the message leaves with two.
/// <para>Reports an <c>Inject</c> whose setter appends, or an <c>Add</c> of a header that carries a context, when on every path
/// the Kafka headers are those of a <c>ConsumeResult</c>, or were filled with all of them, and nothing was taken off them
/// before.</para>
/// <para>Stays silent when the headers may be new or come from elsewhere, when the setter or the code before it removes a
/// header, when the setter cannot be seen, and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL1005_AppendedTraceHeader : Rule
{
    internal const string Id = "TL1005";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A trace header is appended where it must be replaced",
        messageFormat: "{0} appends a trace header to headers that {1}, so that the message leaves with two",
        Category.Publish,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Headers of a Kafka message are appended, not replaced. A forwarded message that gets a trace header on top of the one it came with has two; some readers take the first, some the last, and some neither.",
        helpLinkUri: Repository.RulesPage + "#tl1005");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => ConfluentKafka.Words;

    public override void Start(RuleContext context)
    {
        if (ConfluentKafka.In(context.Compilation) is not { } kafka)
        {
            return;
        }

        var compilation = context.CompilationContext;
        var appends = new Appends(kafka, new CarrierFlow(CarrierModel.For(kafka, compilation), compilation));
        context.RegisterCallAction(Appends.CalledNames, node => Analyze(node, appends));
    }

    private static void Analyze(NodeContext context, Appends appends)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { } name && Appends.MayAppend(call, name.Identifier.ValueText)
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && appends.Find(operation, context.CancellationToken) is { } found)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                name.Identifier.GetLocation(),
                [found.Headers.Location, found.Append.Syntax.GetLocation()],
                name.Identifier.ValueText,
                found.AreCopied ? "were copied from a received message" : "came with a received message"));
        }
    }
}
