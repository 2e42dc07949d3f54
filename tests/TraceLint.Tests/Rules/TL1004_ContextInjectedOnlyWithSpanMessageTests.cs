using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1004 says: the API, the span and where it starts; and where the evidence is.</summary>
public class TL1004_ContextInjectedOnlyWithSpanMessageTests
{
    private const string Lost = ", so the context of Activity.Current is lost; inject that context instead";
    private const string Inject = $"propagator.Inject(new PropagationContext(activity?.Context ?? default, default), message.Headers, {Setter});";

    [Fact]
    public Task Skipped() => Verify(
        "Inject is skipped when 'activity' (started on line 30) is null", ["activity != null", "source.StartActivity(\"publish\", ActivityKind.Producer)"],
        $"{Start}\nif (activity != null)\n{Inject}\nawait client.SendAsync(message);");

    [Fact]
    public Task Skipped_ByAnEarlyReturn() => Verify(
        "Inject is skipped when 'activity' (started on line 30) is null", ["activity is null", "source.StartActivity(\"publish\", ActivityKind.Producer)"],
        $"{Start}\nif (activity is null)\n{{\nawait client.SendAsync(message);\nreturn;\n}}\n{Inject}\nawait client.SendAsync(message);");

    [Fact]
    public Task WritesNothing() => Verify(
        "Inject writes nothing when 'activity' (started on line 30) is null", ["source.StartActivity(\"publish\", ActivityKind.Producer)"],
        $"{Start}\n{Inject}\nawait client.SendAsync(message);");

    [Fact]
    public Task SpanStartedOnTheSameLine() => Verify(
        "Inject writes nothing when 'span' is null", ["source.StartActivity(\"publish\")"],
        $"var message = new Message();\nvar span = source.StartActivity(\"publish\"); {Inject.Replace("activity", "span", StringComparison.Ordinal)}\nawait client.SendAsync(message);");

    [Fact]
    public Task SpanWithoutAName() => Verify(
        "Inject writes nothing when the span is null", ["source.StartActivity(\"publish\")"],
        $"var message = new Message();\npropagator.Inject(new PropagationContext(source.StartActivity(\"publish\")?.Context ?? default, default), message.Headers, {Setter});");

    [Fact]
    public Task EmptyHeader() => Verify(
        "traceparent is written empty when 'activity' (started on line 30) is null", ["source.StartActivity(\"publish\", ActivityKind.Producer)"],
        $"{Start}\nmessage.Headers[\"traceparent\"] = activity?.Id ?? \"\";\nawait client.SendAsync(message);");

    [Fact]
    public Task EmptyHeaderAdded() => Verify(
        "Add writes an empty traceparent when 'activity' (started on line 30) is null", ["source.StartActivity(\"publish\", ActivityKind.Producer)"],
        $"{Start}\nmessage.Headers.Add(\"traceparent\", activity?.Id ?? \"\");\nawait client.SendAsync(message);");

    [Fact]
    public Task HeaderNotWritten() => Verify(
        "b3 is not written when 'activity' (started on line 30) is null", ["activity is { }", "source.StartActivity(\"publish\", ActivityKind.Producer)"],
        $"{Start}\nif (activity is {{ }})\nmessage.Headers[\"b3\"] = $\"{{activity.TraceId}}\";\nawait client.SendAsync(message);");

    [Fact]
    public Task Helper() => Verify(
        "'InjectSpan' is skipped when 'activity' (started on line 30) is null", ["activity", "source.StartActivity(\"publish\", ActivityKind.Producer)"],
        $"{Start}\nactivity?.Context.InjectSpan(message);\nawait client.SendAsync(message);");

    private static async Task Verify(string what, string[] evidence, string statements)
    {
        var source = Traced(statements) + $$"""

            public static class Extensions
            {
                public static void InjectSpan(this ActivityContext context, Message message)
                    => Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(context, default), message.Headers, {{Setter}});
            }
            """;
        var diagnostic = Assert.Single(await Analysis.RunAsync(source), static diagnostic => diagnostic.Id == "TL1004");
        Assert.Equal(what + Lost, diagnostic.GetMessage(null));
        Assert.Equal(evidence, diagnostic.AdditionalLocations.Select(location => source[location.SourceSpan.Start..location.SourceSpan.End]));
    }
}
