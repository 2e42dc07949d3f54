using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2005: a Kafka consumer is configured to drop the headers of the messages that it consumes.
/// <para>Reports a constant without <c>headers</c> that is assigned to <c>ConsumerConfig.ConsumeResultFields</c> or to the setting
/// <c>dotnet.consumer.consume.result.fields</c>: in <c>Set</c>, a dictionary or a pair.</para>
/// <para>Does not report when the value is not a constant, includes the headers or is one that no consumer accepts, or in a project
/// that does not trace.</para>
/// </summary>
internal sealed class TL2005_HeadersLeftOutOfConsumeResult : Rule
{
    internal const string Id = "TL2005";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Kafka consumer drops the message headers",
        messageFormat: "ConsumeResultFields {0} leaves out the headers and with them the trace context; add 'headers'",
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A consumer whose ConsumeResultFields leave out the headers returns messages without them. Code that extracts the"
            + " trace context from the headers finds none, and its spans start new traces.",
        helpLinkUri: Repository.RulesPage + "#tl2005");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => KafkaConsumerSettings.Words;

    public override void Start(RuleContext context)
    {
        if (context.Compilation.TypeNamed(KafkaConsumerSettings.Names.ConsumerConfig) is { } config
            && SpanStarts.In(context.Compilation) is { } starts)
        {
            var tracing = new TracingCode(starts, context.CompilationContext);
            context.RegisterNodeAction(
                Words,
                static node => NameOfTheSetting(node) is not null,
                node => Analyze(node, config, tracing),
                SyntaxKind.SimpleAssignmentExpression, SyntaxKind.SimpleMemberAccessExpression, SyntaxKind.StringLiteralExpression);
        }
    }

    private static void Analyze(NodeContext context, INamedTypeSymbol config, TracingCode tracing)
    {
        var cancellation = context.CancellationToken;
        if (NameOfTheSetting(context.Node) is { } name
            && KafkaConsumerSettings.ValueGivenTo(name) is { } value
            && context.SemanticModel.GetConstantValue(value, cancellation) is { HasValue: true, Value: string parts }
            && KafkaConsumerSettings.LeavesOutHeaders(parts)
            && NamesTheSetting(name, config, context.SemanticModel, cancellation)
            && tracing.TracesIn(context.Node.SyntaxTree, cancellation))
        {
            var place = name is MemberAccessExpressionSyntax member ? member.Name : name;
            context.ReportDiagnostic(Diagnostic.Create(s_rule, place.GetLocation(), [value.GetLocation()], MessageText.Quoted(parts)));
        }
    }

    private static ExpressionSyntax? NameOfTheSetting(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: KafkaConsumerSettings.ResultFields } property }
            => property,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: KafkaConsumerSettings.ResultFields } member => member,
        LiteralExpressionSyntax { Token.ValueText: KafkaConsumerSettings.ResultFieldsName } literal => literal,
        _ => null,
    };

    // The property of a config, or a constant with the name of the setting.
    private static bool NamesTheSetting(ExpressionSyntax name, INamedTypeSymbol config, SemanticModel model, CancellationToken cancellation)
        => name is LiteralExpressionSyntax
            || model.GetSymbolInfo(name, cancellation).Symbol switch
            {
                IPropertySymbol property => SymbolEqualityComparer.Default.Equals(property.ContainingType, config),
                IFieldSymbol { ConstantValue: KafkaConsumerSettings.ResultFieldsName } => true,
                _ => false,
            };
}
