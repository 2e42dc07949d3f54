using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.CodeFixes;

public class TL4003_CarryTraceStateTests
{
    private static Task Verify(string statements, string @fixed)
        => Verify<TL4003_DroppedTraceState>.Fix<TL4003_CarryTraceState>(Method(statements), Method(@fixed));

    private static Task VerifyNone(string statements) => Verify<TL4003_DroppedTraceState>.NoFix<TL4003_CarryTraceState>(Method(statements));

    [Fact]
    public Task Indexer() => Verify(
        """
        var headers = new Dictionary<string, string>();
        headers[[|"traceparent"|]] = Activity.Current!.Id!; // by hand
        Console.WriteLine(headers);
        """,
        """
        var headers = new Dictionary<string, string>();
        headers["traceparent"] = Activity.Current!.Id!; // by hand
        if (Activity.Current!.TraceStateString is string traceState)
        {
            headers["tracestate"] = traceState;
        }
        Console.WriteLine(headers);
        """);

    [Fact]
    public Task Add() => Verify(
        """
        var activity = new Activity("publish").Start();
        var headers = new Dictionary<string, byte[]>();
        headers.[|Add|]("TRACEPARENT", Encoding.ASCII.GetBytes(activity.Id!));
        """,
        """
        var activity = new Activity("publish").Start();
        var headers = new Dictionary<string, byte[]>();
        headers.Add("TRACEPARENT", Encoding.ASCII.GetBytes(activity.Id!));
        if (activity.TraceStateString is string traceState)
        {
            headers.Add("TRACESTATE", Encoding.ASCII.GetBytes(traceState));
        }
        """);

    [Fact]
    public Task CurrentSpanThatMayBeMissing() => Verify(
        """
        var headers = new Dictionary<string, string?>();
        headers[[|"traceparent"|]] = Activity.Current?.Id;
        """,
        """
        var headers = new Dictionary<string, string?>();
        headers["traceparent"] = Activity.Current?.Id;
        if (Activity.Current?.TraceStateString is string traceState)
        {
            headers["tracestate"] = traceState;
        }
        """);

    [Fact]
    public Task Initializer() => VerifyNone("var headers = new Dictionary<string, string?> { { [|\"traceparent\"|], Activity.Current?.Id } };");

    [Fact]
    public Task IdInALocal() => VerifyNone("""
        var id = Activity.Current?.Id;
        var headers = new Dictionary<string, string?>();
        headers[[|"traceparent"|]] = id;
        """);

    [Fact]
    public Task StateThatIsNotRead() => VerifyNone("""
        var message = new Message();
        message.Headers.TryGetValue("traceparent", out var traceParent);
        ActivityContext.[|TryParse|](traceParent, null, isRemote: true, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """);
}
