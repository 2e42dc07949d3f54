using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL4003 reports. What it does not is in TL4003_DroppedTraceStateSilentTests.</summary>
public class TL4003_DroppedTraceStateTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL4003_DroppedTraceState>.Rule(Method(statements, members));

    [Fact]
    public Task Dictionary() => Verify("""
        var message = new Message { Body = order };
        message.Headers[[|"traceparent"|]] = Activity.Current!.Id!;
        message.Headers.[|Add|]("traceparent", Activity.Current.Id!);
        message.Bytes.[|TryAdd|]("traceparent", Encoding.ASCII.GetBytes(Activity.Current.Id!));
        await client.SendAsync(message);
        """);

    [Fact]
    public Task Initializers() => Verify("""
        var one = new Dictionary<string, string?> { { [|"traceparent"|], Activity.Current?.Id } };
        var two = new Dictionary<string, string?> { [[|TraceParent|]] = Activity.Current!.Id };
        """, "private const string TraceParent = \"traceparent\";");

    [Fact]
    public Task SpanInALocal() => Verify("""
        var activity = new Activity("publish").Start();
        var id = activity.Id;
        var environment = new Dictionary<string, string?>();
        environment[[|"TRACEPARENT"|]] = id;
        """);

    [Fact]
    public Task InAHelper_WhoseCallersDoNothingAboutIt() => Verify(
        """
        var message = new Message { Body = order };
        Write(message.Headers, Activity.Current!);
        await client.SendAsync(message);
        """,
        "private static void Write(Dictionary<string, string> headers, Activity span) => headers[[|\"traceparent\"|]] = span.Id!;");

    [Fact]
    public Task StateThatIsNotRead() => Verify("""
        var message = new Message();
        message.Headers.TryGetValue("traceparent", out var traceParent);
        ActivityContext.[|TryParse|](traceParent, null, isRemote: true, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """);

    [Fact]
    public Task StateThatTheHelperDoesNotReadEither() => Verify(
        """
        var message = new Message();
        message.Headers.TryGetValue("traceparent", out var traceParent);
        ActivityContext.[|TryParse|](traceParent, null, isRemote: true, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        Describe(activity, message.Headers);
        """,
        """
        private static void Describe(Activity? activity, IDictionary<string, string> headers) => activity?.SetTag("headers", headers.Count);
        """);

    [Fact]
    public Task DictionaryBesideARequest() => Verify("""
        using var request = new System.Net.Http.HttpRequestMessage();
        var message = new Message { Body = order };
        message.Headers[[|"traceparent"|]] = Activity.Current!.Id!;
        await client.SendAsync(message);
        """);
}
