using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL4003 stays silent about: the state goes along, or may.</summary>
public class TL4003_DroppedTraceStateSilentTests
{
    private const string NewMessage = "var message = new Message { Body = order };\n";

    private static Task Verify(string statements, string members = "") => Verify<TL4003_DroppedTraceState>.Rule(Traced(statements, members));

    [Fact]
    public Task Both() => Verify(NewMessage + """
        message.Headers["traceparent"] = Activity.Current!.Id!;
        if (Activity.Current.TraceStateString is { } state)
            message.Headers["tracestate"] = state;
        """);

    [Fact]
    public Task Both_ByHelpers() => Verify(
        NewMessage + """
        WriteParent(message.Headers, Activity.Current!);
        WriteState(message.Headers, Activity.Current!);
        """,
        """
        private static void WriteParent(Dictionary<string, string> headers, Activity span) => headers["traceparent"] = span.Id!;
        private static void WriteState(Dictionary<string, string> headers, Activity span) => headers["tracestate"] = span.TraceStateString ?? "";
        """);

    [Fact]
    public Task InjectedAsWell_ByTheCaller() => Verify(
        NewMessage + $$"""
        WriteParent(message.Headers, Activity.Current!);
        propagator.Inject(new PropagationContext(Activity.Current.Context, Baggage.Current), message.Headers, {{Setter}});
        """,
        "private static void WriteParent(Dictionary<string, string> headers, Activity span) => headers[\"traceparent\"] = span.Id!;");

    [Fact]
    public Task StateUnderAConstant() => Verify(NewMessage + """
        message.Headers["traceparent"] = Activity.Current!.Id!;
        message.Headers.Add(TRACE_STATE, "");
        """, "private const string TRACE_STATE = \"tracestate\";");

    [Fact]
    public Task InjectedAsWell() => Verify(NewMessage + $$"""
        message.Headers["traceparent"] = Activity.Current!.Id!;
        propagator.Inject(new PropagationContext(Activity.Current.Context, Baggage.Current), message.Headers, {{Setter}});
        """);

    [Fact]
    public Task SpanThatMayBeMissing() => Verify(NewMessage + """
        using var activity = source.StartActivity("publish");
        message.Headers["traceparent"] = activity?.Id ?? "";
        """);

    [Fact]
    public Task ForwardedId() => Verify(NewMessage + "message.Headers[\"traceparent\"] = order;");

    [Fact]
    public Task CarrierThatOthersWriteTo() => Verify(
        """
        var headers = new Dictionary<string, string>();
        headers["traceparent"] = Activity.Current!.Id!;
        Enrich(headers);
        """,
        "private static void Enrich(Dictionary<string, string> headers) { }");

    [Fact]
    public Task CarrierThatCameWithAMessage() => Verify("", """
        public void Forward(Confluent.Kafka.ConsumeResult<string, string> result)
        {
            result.Message.Headers.Remove("traceparent");
            result.Message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(Activity.Current!.Id!));
        }
        """);

    [Fact]
    public Task Log() => Verify("Console.WriteLine(new Dictionary<string, string?> { [\"traceparent\"] = Activity.Current?.Id });");

    [Fact]
    public Task OtherHeaders() => Verify(NewMessage + """
        message.Headers["Diagnostic-Id"] = Activity.Current!.Id!;
        message.Headers["parent"] = Activity.Current!.Id!;
        """);

    [Fact]
    public Task StateThatIsRead() => Verify(NewMessage + """
        ActivityContext.TryParse(message.Headers["traceparent"], message.Headers["tracestate"], isRemote: true, out var parent);
        """);

    [Fact]
    public Task StateThatAHelperSets() => Verify(
        """
        var message = new Message();
        message.Headers.TryGetValue("traceparent", out var traceParent);
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        using var activity = source.CreateActivity("process", ActivityKind.Consumer, parent);
        Propagate(activity, message.Headers);
        activity?.Start();
        """,
        """
        private static void Propagate(Activity? activity, IDictionary<string, string> headers)
        {
            if (activity != null && headers.TryGetValue("tracestate", out var state))
                activity.TraceStateString = state;
        }
        """);

    [Fact]
    public Task StateThatCannotBeRead() => Verify("""
        ActivityContext.TryParse(order, null, isRemote: true, out var parent);
        """);

    [Fact]
    public Task ContextThatIsLinked() => Verify(NewMessage + """
        ActivityContext.TryParse(message.Headers["traceparent"], null, isRemote: true, out var context);
        var link = new ActivityLink(context);
        """);

    // HttpClient adds tracestate to a request that has a traceparent already.
    [Theory]
    [InlineData("request.Headers.Add(\"traceparent\", Activity.Current!.Id!);")]
    [InlineData("var headers = request.Headers; headers.Add(\"traceparent\", Activity.Current!.Id!);")]
    [InlineData("http.DefaultRequestHeaders.Add(\"traceparent\", Activity.Current!.Id!);")]
    [InlineData("response.Headers.Add(\"traceparent\", Activity.Current!.Id!);")]
    [InlineData("web.Headers[\"traceparent\"] = Activity.Current!.Id!;")]
    [InlineData("var other = new System.Net.Http.HttpRequestMessage { Headers = { { \"traceparent\", Activity.Current!.Id! } } };")]
    public Task HttpRequestOrResponse(string statement) => Verify($$"""
        var request = new System.Net.Http.HttpRequestMessage();
        var response = new System.Net.Http.HttpResponseMessage();
        var http = new System.Net.Http.HttpClient();
        System.Net.WebRequest web = null!;
        {{statement}}
        """);
}
