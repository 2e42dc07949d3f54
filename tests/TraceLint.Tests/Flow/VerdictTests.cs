using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Flow;

/// <summary>Every verdict says why, so that silence can be explained.</summary>
public class VerdictTests
{
    private const string Publish = """producer.Produce("orders", message);""";
    private const string Inject = "Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, (h, key, value) => h.Add(key, Encoding.UTF8.GetBytes(value)));";
    private const string New = "var message = new Message<string, string> { Headers = new Headers() };";

    [Fact]
    public void Injected_IsCarried() => Verify(VerdictKind.Carried, EvidenceKind.Injected, "TextMapPropagator.Inject", New, Inject, Publish);

    [Fact]
    public void TraceHeader_IsCarried() => Verify(VerdictKind.Carried, EvidenceKind.WrittenByHand, "traceparent", New, """message.Headers.Add("traceparent", []);""", Publish);

    [Fact]
    public void InjectedInALoop_IsCarried() => Verify(VerdictKind.Carried, EvidenceKind.Injected, "TextMapPropagator.Inject", "foreach (var line in order.Lines) {", New, Inject, Publish, "}");

    [Fact]
    public void InjectedIntoALocalInALoop_IsCarried() => Verify(
        VerdictKind.Carried, EvidenceKind.Injected, "TextMapPropagator.Inject",
        "foreach (var line in order.Lines) { var headers = new Headers();",
        Inject.Replace("message.Headers", "headers", StringComparison.Ordinal),
        "var message = new Message<string, string> { Headers = headers };",
        Publish, "}");

    [Fact]
    public void NoHeaders_IsDropped() => Verify(VerdictKind.Dropped, EvidenceKind.NoCarrier, "", "var message = new Message<string, string>();", Publish);

    [Fact]
    public void PlainHeaders_IsDropped() => Verify(VerdictKind.Dropped, EvidenceKind.CarrierWithoutContext, "", New, Publish);

    [Fact]
    public void LaterInject_IsDropped() => Verify(VerdictKind.Dropped, EvidenceKind.InjectedTooLate, "TextMapPropagator.Inject", New, Publish, Inject);

    [Fact]
    public void Field_IsUnknown() => Verify(VerdictKind.Unknown, EvidenceKind.MadeElsewhere, "field", "var message = field;", Publish);

    [Fact]
    public void HelpersResult_IsUnknown() => Verify(VerdictKind.Unknown, EvidenceKind.MadeElsewhere, "Library", "var message = Library();", Publish);

    [Fact]
    public void Parameter_IsUnknown() => Verify(VerdictKind.Unknown, EvidenceKind.Parameter, "given", "var message = given;", Publish);

    [Fact]
    public void HeadersOfAParameter_AreUnknown() => Verify(
        VerdictKind.Unknown, EvidenceKind.Parameter, "Headers", "var message = new Message<string, string> { Headers = given.Headers };", Publish);

    [Fact]
    public void PassedToHelper_IsUnknown() => Verify(VerdictKind.Unknown, EvidenceKind.PassedOn, "Enrich", New, "Enrich(message);", Publish);

    [Fact]
    public void KeptInList_IsUnknown() => Verify(VerdictKind.Unknown, EvidenceKind.StoredElsewhere, "", New, "object[] all = [message];", Publish);

    [Fact]
    public void ComputedHeader_IsUnknown() => Verify(VerdictKind.Unknown, EvidenceKind.UnclearHeader, "", New, "message.Headers.Add(order.Id, []);", Publish);

    [Fact]
    public void OneBranch_IsUnknown() => Verify(VerdictKind.Unknown, EvidenceKind.SomePaths, "TextMapPropagator.Inject", New, $"if (flag) {{ {Inject} }}", Publish);

    [Fact]
    public void Envelope_IsUnknown() => Verify(
        VerdictKind.Unknown, EvidenceKind.InBody, "Id", "var message = new Message<string, string> { Value = Activity.Current?.Id! };", Publish);

    [Fact]
    public void MadeByALambda_ForAnOuterVariable_IsStillSeen() => Verify(
        VerdictKind.Unknown,
        EvidenceKind.SomePaths,
        "TextMapPropagator.Inject",
        "Message<string, string> message = null!;",
        "Action make = () => { var made = new Message<string, string> { Headers = new Headers() }; message = made; };",
        "make();",
        Inject,
        Publish);

    [Fact]
    public void DeadCode_IsUnknown() => Verify(VerdictKind.Unknown, EvidenceKind.NotReached, "", "return;", New, Publish);

    [Fact]
    public void EndlessNesting_IsUnknown() => Verify(
        VerdictKind.Unknown, EvidenceKind.TooComplex, "", New, $"var sum = {string.Join(" + ", Enumerable.Repeat("flag.GetHashCode()", 1000))};", Publish);

    [Fact]
    public void CarrierExists_OnlyWhereItCertainlyDoes()
    {
        Assert.True(Judge(New, Publish).CarrierExists);
        Assert.False(Judge("var message = new Message<string, string>(); if (flag) message.Headers = new Headers();", Publish).CarrierExists);
        Assert.True(Judge("var message = new Message<string, string>(); message.Headers ??= new Headers(); message.Headers.Add(\"a\", []);", Publish).CarrierExists);
    }

    private static void Verify(VerdictKind kind, EvidenceKind evidence, string subject, params string[] statements)
    {
        var verdict = Judge(statements);
        Assert.Equal((kind, evidence, subject), (verdict.Kind, verdict.Because.Kind, verdict.Because.Subject));
    }

    private static Verdict Judge(params string[] statements)
    {
        var source = Traced(string.Join('\n', statements), """
            private static Message<string, string> field = new(), given = new();
            private static extern Message<string, string> Library();
            private static extern void Enrich(Message<string, string> message);
            """).Replace("CancellationToken cancellation", "Message<string, string> given", StringComparison.Ordinal);
        var compilation = Analysis.Compile([Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(source)], References.KafkaAndOpenTelemetry);
        var tree = compilation.SyntaxTrees.Single();
        var call = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Single(static call => call.ToString().StartsWith("producer.Produce", StringComparison.Ordinal));
        var models = CompilationContext.For(compilation, UserSettings.Of());
        var flow = new CarrierFlow(CarrierModel.For(ConfluentKafka.In(compilation)!, models), models);
        return flow.Judge(call, CancellationToken.None);
    }
}
