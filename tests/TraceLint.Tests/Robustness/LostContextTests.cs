using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Robustness;

/// <summary>TL1004 over everything that is not tidy, or too much.</summary>
public class LostContextTests
{
    private const string Inject = $"propagator.Inject(new PropagationContext(activity.Context, Baggage.Current), message.Headers, {Setter});";

    [Trait("Tier", "Full")]
    [Fact]
    public async Task EveryTokenDeletedInTurn_NeverThrows()
    {
        var source = Traced($$"""
            {{Start}}
            if (activity is { } span && flag)
            {
                Tag(span, message);
                {{Inject}}
                message.Headers["traceparent"] = activity?.Id ?? "";
            }
            else { activity?.Context.ToString(); return; }
            Action later = () => { foreach (var c in order) { if (activity == null) continue; {{Inject}} } };
            await client.SendAsync(new Message { Headers = { ["b3"] = Local(activity)! } });
            string? Local(Activity? a) => a switch { null => null, _ => $"{a.TraceId}" };
            """, "private static void Tag(Activity? activity, Message message) { if (activity != null) { message.Headers.Add(\"traceparent\", activity.Id!); Tag(activity, message); } }");
        var tokens = (await CSharpSyntaxTree.ParseText(source).GetRootAsync()).DescendantTokens().Select(static token => token.Span).ToList();
        Assert.True(tokens.Count > 300);
        var whole = Analysis.Compile([], References.KafkaAndOpenTelemetry);
        foreach (var span in tokens)
        {
            await Analysis.RunAsync(whole.AddSyntaxTrees(CSharpSyntaxTree.ParseText(SourceText.From(source.Remove(span.Start, span.Length)))));
        }
    }

    [Theory]
    [InlineData("propagator.Inject(")]
    [InlineData("propagator.Inject();")]
    [InlineData("propagator.Inject(default, message.Headers);")]
    [InlineData("propagator.Inject(carrier: message.Headers, setter: null, context: new(activity?.Context ?? default, default));")]
    [InlineData("message.Headers[\"traceparent\"] = ;")]
    [InlineData("message.Headers[\"traceparent\"] += activity?.Id ?? \"\";")]
    [InlineData("message.Headers.Add(\"traceparent\");")]
    [InlineData("message.Headers.Add(value: activity?.Id ?? \"\", key: \"traceparent\");")]
    [InlineData("Inject(activity); void Inject(Activity? a) { Inject(a); Inject(null); }")]
    [InlineData("goto end; end: if (activity != null) { } propagator.Inject(activity")]
    public async Task BrokenCode_NeverThrows(string statement) => await Analysis.RunAsync(Traced($"{Start}\n{statement}"));

    [Fact]
    public async Task EndlessRecursion_StillReports()
    {
        var diagnostic = Assert.Single(await Analysis.RunAsync(Traced($$"""
            using var activity = Begin(3);
            var message = new Message();
            Enrich(activity, 3);
            if (activity != null)
            {
                {{Inject}}
            }

            await client.SendAsync(message);
            """, """
            private static Activity? Begin(int depth) => source.StartActivity("publish");
            private static void Enrich(Activity? activity, int depth) { Enrich(activity, depth); Again(activity, depth); }
            private static void Again(Activity? activity, int depth) => Enrich(activity, depth);
            """)));
        Assert.Equal("TL1004", diagnostic.Id);
    }

    [Fact]
    public async Task DeepNesting_IsSilent()
    {
        var ifs = string.Concat(Enumerable.Repeat("if (flag) { ", 200)) + Inject + new string('}', 200);
        var calls = string.Concat(Enumerable.Repeat("Math.Abs(", 500)) + "1" + new string(')', 500);
        var lambdas = string.Concat(Enumerable.Range(0, 20).Select(static depth => $"Action a{depth} = () => {{ ")) + Inject + string.Concat(Enumerable.Repeat("};", 20));
        Assert.Empty(await Analysis.RunAsync(Traced($"{Start}\n{ifs}\n{lambdas}\nvar x = {calls};\nawait client.SendAsync(message);")));
    }

    [Fact]
    public async Task ManyInjectionsInOneMethod_AreEachReportedOnce()
    {
        var injections = string.Join('\n', Enumerable.Range(0, 200).Select(static number =>
            $"var m{number} = new Message(); propagator.Inject(new PropagationContext(activity?.Context ?? default, default), m{number}.Headers, {Setter});"));
        Assert.Equal(200, (await Analysis.RunAsync(Traced($"{Start}\n{injections}"))).Length);
    }
}
