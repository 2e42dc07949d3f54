using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2007 stays silent about: the base is empty, not known, or the carrier is not a message's.</summary>
public class TL2007_ExtractOnTopOfContextSilentTests
{
    private static Task Verify(string statements, string members = "", Setup? setup = null) => Verify<TL2007_ExtractOnTopOfContext>.Rule(Traced("", $$"""
        private static readonly TextMapPropagator Propagator = Propagators.DefaultTextMapPropagator;

        public void Handle(ConsumeResult<string, string> result, PropagationContext given, Activity? span)
        {
        {{statements}}
        }

        private static IEnumerable<string> Get(Headers headers, string key)
            => headers.TryGetLastBytes(key, out var value) ? [Encoding.UTF8.GetString(value)] : [];

        {{members}}
        """), setup);

    [Fact]
    public Task EmptyBase() => Verify("""
        Propagator.Extract(default, result.Message.Headers, Get);
        Propagator.Extract(new PropagationContext(), result.Message.Headers, Get);
        Propagator.Extract(new PropagationContext(default, default), result.Message.Headers, Get);
        var none = default(PropagationContext);
        Propagator.Extract(none, result.Message.Headers, Get);
        """);

    [Fact]
    public Task BaggageAlone() => Verify("""
        Propagator.Extract(new PropagationContext(default, Baggage.Current), result.Message.Headers, Get);
        Propagator.Extract(new PropagationContext(new ActivityContext(), Baggage.Current), result.Message.Headers, Get);
        """);

    [Fact]
    public Task BaseFromElsewhere() => Verify(
        """
        Propagator.Extract(given, result.Message.Headers, Get);
        Propagator.Extract(Base(), result.Message.Headers, Get);
        Propagator.Extract(saved, result.Message.Headers, Get);
        Propagator.Extract(new PropagationContext(Linked(Activity.Current), default), result.Message.Headers, Get);
        Propagator.Extract(new PropagationContext(GetContext(result.Message.Key), default), result.Message.Headers, Get);
        """,
        """
        private PropagationContext saved;
        private extern ActivityContext Linked(Activity? activity);
        private extern ActivityContext GetContext(string key);
        private extern PropagationContext Base();
        """);

    [Fact]
    public Task OnTopOfAnotherExtraction() => Verify("""
        var context = Propagator.Extract(default, result.Message.Headers, Get);
        context = Propagator.Extract(context, result.Message.Headers, Get);
        """);

    [Fact]
    public Task BaseThatMayBeAnythingElse() => Verify("""
        var context = given;
        if (span != null)
        {
            context = new PropagationContext(span.Context, default);
        }

        Propagator.Extract(context, result.Message.Headers, Get);
        """);

    [Fact]
    public Task OnlyTheBaggageIsUsed() => Verify("""
        Baggage.Current = Propagator.Extract(new PropagationContext(Activity.Current!.Context, default), result.Message.Headers, Get).Baggage;
        var extracted = Propagator.Extract(new PropagationContext(Activity.Current!.Context, default), result.Message.Headers, Get);
        Baggage.Current = extracted.Baggage;
        """);

    [Fact]
    public Task PropagatorOfBaggage() => Verify(
        """
        new BaggagePropagator().Extract(new PropagationContext(Activity.Current!.Context, default), result.Message.Headers, Get);
        baggage.Extract(new PropagationContext(Activity.Current!.Context, default), result.Message.Headers, Get);
        """,
        "private static readonly TextMapPropagator baggage = new BaggagePropagator();");

    [Fact]
    public Task OwnPropagator() => Verify(
        "new Always().Extract(new PropagationContext(Activity.Current!.Context, default), result.Message.Headers, Get);",
        """
        private class Always : TraceContextPropagator
        {
            public override PropagationContext Extract<T>(PropagationContext context, T carrier, Func<T, string, IEnumerable<string>?> getter) => base.Extract(default, carrier, getter);
        }
        """);

    [Fact]
    public Task CurrentSpanTakenAwayBefore() => Verify("""
        Activity.Current = null;
        Propagator.Extract(new PropagationContext(Activity.Current?.Context ?? default, default), result.Message.Headers, Get);
        """);

    [Fact]
    public Task HttpRequest() => Verify(
        "",
        """
        public void Handle(HttpContext context, HttpRequest request)
        {
            Propagator.Extract(new PropagationContext(Activity.Current!.Context, default), context.Request.Headers, (headers, key) => headers[key]);
            var headers = request.Headers.ToDictionary(header => header.Key, header => (string?)header.Value);
            Propagator.Extract(new PropagationContext(Activity.Current?.Context ?? default, default), headers, (headers, key) => [headers[key]!]);
        }
        """,
        Setup.OpenTelemetry with { References = [.. Setup.OpenTelemetry.References, .. References.AspNetCore], MoreFiles = [("Usings.cs", "global using Microsoft.AspNetCore.Http;")] });

    [Fact]
    public Task OwnExtract() => Verify(
        "Extract(new PropagationContext(Activity.Current!.Context, default), result.Message.Headers);",
        "private static void Extract(PropagationContext context, Headers headers) { }");
}
