using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL5002: an attribute of a measurement has a different value every time (high cardinality).
/// <para>Reports <c>Add</c> and <c>Record</c> of Counter, UpDownCounter, Histogram and Gauge, and <c>new Measurement</c>, when the
/// value of a tag is or contains a trace id, a span id, the id of an Activity, a new Guid, the time, or the message, stack trace or
/// whole text of an exception. Tags are followed through pairs, arrays and <c>TagList</c>s of the method.</para>
/// <para>Does not report tags of spans, where such values belong; times that are formatted to less than a second's precision or read in
/// part (<c>Now.Hour</c>); or the result of passing a value to a method.</para>
/// </summary>
internal sealed class TL5002_UnboundedMetricTag : Rule
{
    internal const string Id = "TL5002";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Metric attribute has high cardinality",
        messageFormat: "{0} sets the metric attribute {2} to {1} (high cardinality); leave it out or set it on the span",
        Category.Names,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A metric has one time series for each combination of its attributes. A value that never repeats creates series "
            + "of one measurement each, until the cardinality limit is reached and further measurements are merged into one "
            + "overflow series.",
        helpLinkUri: Repository.RulesPage + "#tl5002");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => Measurements.Words;

    public override void Start(RuleContext context)
    {
        if (context.Compilation.TypeNamed(Measurements.Names.Instrument) is null)
        {
            return;
        }

        var code = CodeBodies.In(context.CompilationContext);
        context.RegisterCallAction(Measurements.CalledNames, node => Analyze(node, code));
        context.RegisterCreationAction(["Measurement", ""], node => Analyze(node, code));
    }

    private static void Analyze(NodeContext context, CodeBodies code)
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
            if (UnboundedValue.In(code.ValueOf(tag.Value.Syntax, context.CancellationToken)) is { } unbounded)
            {
                first ??= unbounded;
                found.Add(tag);
            }
        }

        if (first is not null)
        {
            var name = NameOf(node);
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                name.GetLocation(),
                found.Select(static tag => tag.Code.GetLocation()),
                name.ValueText is "new" ? "Measurement" : name.ValueText,
                first.What,
                MessageText.Quoted(KeyOf(found[0]))));
        }
    }

    private static SyntaxToken NameOf(ExpressionSyntax node) => node switch
    {
        InvocationExpressionSyntax call when call.CalledName() is { Identifier: var name } => name,
        ObjectCreationExpressionSyntax { Type: GenericNameSyntax { Identifier: var name } } => name,
        _ => node.GetFirstToken(),
    };

    private static string KeyOf(MeasuredTag tag)
        => tag.Key.ConstantValue is { HasValue: true, Value: string key } ? key : tag.Key.Syntax.ToString();
}
