using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL5002: a tag of a measurement has another value every time, so that the metric breaks up into series of one value each.
/// <para>Reports <c>Add</c> and <c>Record</c> of Counter, UpDownCounter, Histogram and Gauge, and <c>new Measurement</c>, when
/// the value of a tag is, or has in its text, a trace id, a span id, the id of an activity, a new Guid, the time, or the
/// message, the stack trace or the whole text of an exception. Tags are followed through pairs, arrays and
/// <c>TagList</c>s of the method.</para>
/// <para>Stays silent about tags of spans, where such values belong; about times that are formatted to less than a second's
/// precision or read in part (<c>Now.Hour</c>); about what a method makes of a value; and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL5002_UnboundedMetricTag : Rule
{
    internal const string Id = "TL5002";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A metric has a tag that is different every time",
        messageFormat: "{0} has {1} as the tag {2}: every value begins a time series of its own",
        Category.Names,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A metric has a time series for each combination of its tags. A value that never comes again makes series of one measurement each, until the limit is reached and the rest is thrown together.",
        helpLinkUri: Repository.RulesPage + "#tl5002");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => Measurements.Words;

    public override void Start(RuleContext context)
    {
        if (context.Compilation.TypeNamed(Measurements.Names.Instrument) is null)
        {
            return;
        }

        context.RegisterCallAction(Measurements.CalledNames, node => Analyze(node));
        context.RegisterCreationAction(["Measurement", ""], node => Analyze(node));
    }

    private static void Analyze(NodeContext context)
    {
        var node = (ExpressionSyntax)context.Node;
        if (!Measurements.MayBe(node)
            || Measurements.TagsOf(node, context.SemanticModel, context.CancellationToken) is not { } tags)
        {
            return;
        }

        UnboundedValue? first = null;
        var found = new List<MeasuredTag>();
        foreach (var tag in tags)
        {
            if (UnboundedValue.In(tag.Value, context.CancellationToken) is { } unbounded)
            {
                first ??= unbounded;
                found.Add(tag);
            }
        }

        if (first is not null)
        {
            var name = NameOf(node);
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, name.GetLocation(), found.Select(static tag => tag.Code.GetLocation()), name.ValueText is "new" ? "Measurement" : name.ValueText, first.What, KeyOf(found[0])));
        }
    }

    private static SyntaxToken NameOf(ExpressionSyntax node) => node switch
    {
        InvocationExpressionSyntax call when call.CalledName() is { Identifier: var name } => name,
        ObjectCreationExpressionSyntax { Type: GenericNameSyntax { Identifier: var name } } => name,
        _ => node.GetFirstToken(),
    };

    private static string KeyOf(MeasuredTag tag) => tag.Key.ConstantValue is { HasValue: true, Value: string key } ? key : tag.Key.Syntax.ToString();
}
