using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL5001 reports. What it does not is in TL5001_UnboundedSpanNameSilentTests.</summary>
public class TL5001_UnboundedSpanNameTests
{
    private static Task Verify(string members) => Verify<TL5001_UnboundedSpanName>.Rule(Traced("", members));

    [Fact]
    public Task Ids() => Verify("""
        public record Order(int Id, Guid Key, OrderNumber Number);
        public readonly record struct OrderNumber(int Value);
        public readonly record struct CharacterId(Guid Value);
        public void Spans(Order order, string sagaId, long invoiceID, Guid value, CharacterId character)
        {
            source.StartActivity($"process order {[|order.Id|]}");
            source.StartActivity($"saga-{[|sagaId|]} of {value}", ActivityKind.Internal);
            source.CreateActivity("invoice " + [|invoiceID|], ActivityKind.Internal);
            source.StartActivity(name: string.Format("value {0}", [|value|]));
            source.StartActivity($"get {[|value.ToString("N")|]}");
            source.StartActivity($"key {[|order?.Key|]}");
            source.StartActivity($"show {[|character|]}");
            new Activity($"order {[|order?.Id|]}").Start();
        }
        """);

    [Fact]
    public Task WhatIsUnboundedAnyway() => Verify("""
        public void Spans(Exception error, Uri target)
        {
            source.StartActivity($"run {[|Guid.NewGuid()|]}");
            source.StartActivity($"run at {[|DateTime.UtcNow|]}");
            source.StartActivity("failed: " + [|error.Message|]);
            source.StartActivity($"call {[|target|]}");
            source.StartActivity($"GET {[|target.AbsolutePath|]}");
        }
        """);

    [Fact]
    public Task UserInput() => Verify("""
        public void Spans(string email, string userName, string sql, string filePath, string requestUrl)
        {
            source.StartActivity($"mail {[|email|]}");
            source.StartActivity($"login {[|userName|]}");
            source.StartActivity([|sql|]);
            source.StartActivity($"read {[|filePath|]}");
            source.StartActivity($"GET {[|requestUrl|]}");
        }
        """);

    [Fact]
    public Task NameInALocal() => Verify("""
        public void Spans(string orderId)
        {
            var name = $"process {orderId}";
            using var activity = source.[|StartActivity|](name);
        }
        """);

    [Fact]
    public Task Tracer() => Verify("""
        public void Spans(OpenTelemetry.Trace.Tracer tracer, string orderId)
        {
            tracer.StartActiveSpan($"process {[|orderId|]}");
            tracer.StartSpan($"process {[|orderId|]}");
            tracer.StartRootSpan($"process {[|orderId|]}");
        }
        """);

    [Fact]
    public Task PathOfARequest() => Verify("""
        public class HttpRequest { public string Method { get; set; } = ""; public string Path { get; set; } = ""; }
        public void Spans(HttpRequest request) => source.StartActivity($"{request.Method} {[|request.Path|]}");
        """);

    /// <summary>A method of the project starts the span with the name that it is given.</summary>
    [Fact]
    public Task Wrapper() => Verify("""
        private static Activity? Begin(string name, ActivityKind kind) => source.StartActivity(name, kind);
        public void Spans(string orderId)
        {
            using var activity = Begin($"process {[|orderId|]}", ActivityKind.Consumer);
        }
        """);
}
