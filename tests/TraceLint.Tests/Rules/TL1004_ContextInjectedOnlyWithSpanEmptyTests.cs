using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1004 reports although the injection runs: it writes nothing, or an empty header.</summary>
public class TL1004_ContextInjectedOnlyWithSpanEmptyTests
{
    private static Task Verify(string source, Setup? setup = null) => Verify<TL1004_ContextInjectedOnlyWithSpan>.Rule(source, setup);

    [Theory]
    [InlineData("activity?.Context ?? default")]
    [InlineData("activity?.Context ?? new ActivityContext()")]
    [InlineData("activity?.Context ?? default(ActivityContext)")]
    [InlineData("(activity?.Context).GetValueOrDefault()")]
    [InlineData("activity == null ? default : activity.Context")]
    [InlineData("activity is null ? default : activity.Context")]
    [InlineData("activity is not null ? activity.Context : default")]
    [InlineData("activity is { } span ? span.Context : default")]
    [InlineData("activity switch { null => default, _ => activity.Context }")]
    [InlineData("((activity))?.Context ?? default")]
    public Task ContextOfNothing(string context) => Verify(Traced($$"""
        {{Start}}
        propagator.[|Inject|](new PropagationContext({{context}}, Baggage.Current), message.Headers, {{Setter}});
        await client.SendAsync(message);
        """));

    [Theory]
    [InlineData("var context = activity?.Context ?? default;")]
    [InlineData("ActivityContext context = default; if (activity != null) context = activity.Context;")]
    [InlineData("ActivityContext context; if (activity != null) { context = activity.Context; } else { context = default; }")]
    [InlineData("var maybe = activity?.Context; var context = maybe ?? default;")]
    [InlineData("var span = activity; var context = span?.Context ?? default;")]
    public Task ContextInALocal(string local) => Verify(Traced($$"""
        {{Start}}
        {{local}}
        propagator.[|Inject|](new PropagationContext(context, Baggage.Current), message.Headers, {{Setter}});
        await client.SendAsync(message);
        """));

    [Theory]
    [InlineData("new PropagationContext(activity?.Context ?? default, Baggage.Current)")]
    [InlineData("activity == null ? default : new PropagationContext(activity.Context, Baggage.Current)")]
    [InlineData("activity is { } span ? new PropagationContext(span.Context, default) : new PropagationContext()")]
    public Task PropagationContextInALocal(string context) => Verify(Traced($$"""
        {{Start}}
        var context = {{context}};
        propagator.[|Inject|](context, message.Headers, {{Setter}});
        await client.SendAsync(message);
        """));

    [Fact]
    public Task SpanNeverNamed() => Verify(Traced($$"""
        var message = new Message { Body = order };
        propagator.[|Inject|](new PropagationContext(source.StartActivity("publish")?.Context ?? default, default), message.Headers, {{Setter}});
        await client.SendAsync(message);
        """));

    [Fact]
    public Task SpanItself() => Verify(Method($$"""
        {{Start}}
        DistributedContextPropagator.Current.[|Inject|](activity, message.Headers, (_, key, value) => message.Headers[key] = value);
        await client.SendAsync(message);
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task SpanWithTags() => Verify(Method("""
        using var activity = source.StartActivity("publish")?.SetTag("order", order).AddEvent(new ActivityEvent("sent"));
        var message = new Message { Body = order };
        DistributedContextPropagator.Current.[|Inject|](activity, message.Headers, (_, key, value) => message.Headers[key] = value);
        await client.SendAsync(message);
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task InsideOfAnotherSpanThatMayBeMissing() => Verify(Method("""
        using var outer = source.StartActivity("handle");
        using var inner = source.StartActivity("publish");
        var message = new Message { Body = order };
        DistributedContextPropagator.Current.[|Inject|](inner ?? outer, message.Headers, (_, key, value) => message.Headers[key] = value);
        await client.SendAsync(message);
        """), Setup.SystemDiagnostics);

    [Theory]
    [InlineData("activity?.Id ?? \"\"")]
    [InlineData("activity?.Id ?? string.Empty")]
    [InlineData("activity?.Id!")]
    [InlineData("activity == null ? \"\" : activity.Id!")]
    [InlineData("$\"{activity?.Id}\"")]
    [InlineData("(activity?.Id ?? \"\").ToString()")]
    public Task EmptyHeader(string value) => Verify(Method($$"""
        {{Start}}
        message.Headers[[|"traceparent"|]] = {{value}};
        await client.SendAsync(message);
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task EmptyHeaderAdded() => Verify(Method($$"""
        {{Start}}
        message.Headers.[|Add|]("Diagnostic-Id", activity?.Id ?? "");
        message.Bytes.[|TryAdd|]("traceparent", Encoding.UTF8.GetBytes(activity?.Id ?? ""));
        message.Headers.Add("order", order);
        await client.SendAsync(message);
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task EmptyHeaderNamedByAConstantOrAField() => Verify(Method($$"""
        {{Start}}
        message.Headers[[|TraceParent|]] = activity?.Id ?? "";
        message.Headers[[|Names.ParentId|]] = activity?.Id ?? "";
        await client.SendAsync(message);
        """, """
        private const string TraceParent = "traceparent";

        private static class Names
        {
            public static readonly string ParentId = "parent-id";
        }
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task EmptyHeaderInInitializers() => Verify(Method("""
        using var activity = source.StartActivity("publish");
        await client.SendAsync(new Message { Body = order, Headers = new Dictionary<string, string> { { [|"traceparent"|], activity?.Id ?? "" } } });
        await client.SendAsync(new Message { Body = order, Headers = { [[|"traceparent"|]] = activity?.Id ?? "" } });
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task EmptyHeaderInAnObject() => Verify(Method("""
        using var activity = source.StartActivity("publish");
        var headers = new List<Header>();
        headers.[|Add|](new Header("traceparent", Encoding.UTF8.GetBytes(activity?.Id ?? "")));
        var attributes = new Dictionary<string, Attribute>();
        attributes[[|"traceparent"|]] = new Attribute { Type = "String", Value = activity?.Id ?? "" };
        Use(headers, attributes);
        """, """
        private sealed record Header(string Name, byte[] Value);

        private sealed class Attribute
        {
            public string Type { get; set; } = "";
            public string Value { get; set; } = "";
        }

        private static void Use(object headers, object attributes) { }
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task GuardedHeaders() => Verify(Method($$"""
        {{Start}}
        if (activity != null)
        {
            message.Headers[[|"traceparent"|]] = activity.Id!;
            message.Bytes.[|Add|]("X-B3-TraceId", Encoding.UTF8.GetBytes(activity.TraceId.ToHexString()));
            message.Headers.[|Add|]("b3", $"{activity.TraceId}-{activity.SpanId}-1");
        }

        await client.SendAsync(message);
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task HeaderGuardedByItsValue() => Verify(Method($$"""
        {{Start}}
        var id = activity?.Id;
        if (id != null)
            message.Headers[[|"traceparent"|]] = id;
        await client.SendAsync(message);
        """), Setup.SystemDiagnostics);
}
