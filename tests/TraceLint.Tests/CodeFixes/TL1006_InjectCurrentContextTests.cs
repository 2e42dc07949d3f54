using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Rules.TL1006_InjectionWritesNothingTests;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.CodeFixes;

public class TL1006_InjectCurrentContextTests
{
    private static Task Verify(string statements, string @fixed, string members = "")
        => Verify<TL1006_InjectionWritesNothing>.Fix<TL1006_InjectCurrentContext>(
            Traced(Message + statements, Set + members), Traced(Message + @fixed, Set + members));

    private static Task VerifyNoFix(string statements, string members = "")
        => Verify<TL1006_InjectionWritesNothing>.NoFix<TL1006_InjectCurrentContext>(Traced(Message + statements, Set + members));

    [Fact]
    public Task DefaultContext() => Verify(
        """
        Propagators.DefaultTextMapPropagator.[|Inject|](
            default, // nothing
            message.Headers,
            Set);
        """,
        """
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), // nothing
            message.Headers,
            Set);
        """);

    [Fact]
    public Task DefaultActivityContext() => Verify(
        """
        Propagators.DefaultTextMapPropagator.[|Inject|](
            new PropagationContext(baggage: default, activityContext: default(ActivityContext)), message.Headers, Set);
        """,
        """
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(
                baggage: default,
                activityContext: Activity.Current?.Context ?? default), message.Headers, Set);
        """);

    [Fact]
    public Task UsingsAreAdded() => Verify<TL1006_InjectionWritesNothing>.Fix<TL1006_InjectCurrentContext>(
        """
        using Confluent.Kafka;
        using OpenTelemetry.Context.Propagation;

        public static class Sample
        {
            public static void Fill(Headers headers)
                => Propagators.DefaultTextMapPropagator.[|Inject|](default, headers, (carrier, key, value) => carrier.Add(key, []));
        }
        """,
        """
        using System.Diagnostics;
        using Confluent.Kafka;
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;

        public static class Sample
        {
            public static void Fill(Headers headers)
                => Propagators.DefaultTextMapPropagator.Inject(
                    new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                    headers,
                    (carrier, key, value) => carrier.Add(key, []));
        }
        """);

    [Fact]
    public Task BaggagePropagator() => Verify(
        $"new BaggagePropagator().[|Inject|]({Current}, message.Headers, Set);",
        $"Propagators.DefaultTextMapPropagator.Inject({Current}, message.Headers, Set);");

    [Fact]
    public Task BaggagePropagator_InAField_WithDefaultContext() => Verify(
        "s_propagator.[|Inject|](new PropagationContext(default, Baggage.Current), message.Headers, Set);",
        """
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            message.Headers,
            Set);
        """,
        "private static readonly TextMapPropagator s_propagator = new BaggagePropagator();");

    [Fact]
    public Task NullActivity() => Verify(
        "DistributedContextPropagator.Current.[|Inject|](carrier: message.Headers, activity: null, setter: SetObject);",
        """
        DistributedContextPropagator.Current.Inject(
            carrier: message.Headers,
            activity: Activity.Current,
            setter: SetObject);
        """);

    [Fact]
    public Task EmptySetter() => Verify(
        $$"""
        Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, message.Headers, (headers, key, value) => { });
        """,
        $$"""
        Propagators.DefaultTextMapPropagator.Inject({{Current}}, message.Headers, static (headers, key, value) =>
        {
            headers.Remove(key);
            headers.Add(key, Encoding.UTF8.GetBytes(value));
        });
        """);

    [Fact]
    public Task EmptySetter_OfDotNet_WithNullActivity() => Verify(
        "DistributedContextPropagator.Current.[|Inject|](null, message.Headers, (headers, key, value) => { });",
        """
        DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
        {
            message.Headers.Remove(key);
            message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
        });
        """);

    [Fact]
    public Task EmptySetter_ForAttributes() => Verify<TL1006_InjectionWritesNothing>.Fix<TL1006_InjectCurrentContext>(
        AwsCode.Traced($$"""
            var attributes = new Dictionary<string, MessageAttributeValue>();
            Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, attributes, (carrier, key, value) => { });
            """),
        AwsCode.Traced($$"""
            var attributes = new Dictionary<string, MessageAttributeValue>();
            Propagators.DefaultTextMapPropagator.Inject({{Current}}, attributes, static (carrier, key, value) => carrier[key] = new() { DataType = "String", StringValue = value });
            """),
        Setup.Aws);

    // The empty setter may serve others, a variable may be needed elsewhere, and a comment says why.
    [Fact]
    public Task NoFix_ForVariablesAndMethods() => VerifyNoFix(
        $$"""
        ActivityContext none = default;
        Propagators.DefaultTextMapPropagator.[|Inject|](new PropagationContext(none, Baggage.Current), message.Headers, Set);
        Activity? missing = null;
        DistributedContextPropagator.Current.[|Inject|](missing, message.Headers, SetObject);
        Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, message.Headers, Nothing);
        Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, message.Headers, (headers, key, value) => { /* later */ });
        """,
        "private static void Nothing(Headers headers, string key, string value) { }");

    [Fact]
    public Task NoFix_ForOtherCarriers() => VerifyNoFix($$"""
        var attributes = new List<KeyValuePair<string, string>>();
        Propagators.DefaultTextMapPropagator.[|Inject|]({{Current}}, attributes, (carrier, key, value) => { });
        """);

    [Fact]
    public Task NoFix_WhereTheSetterKnowsOneHeader() => VerifyNoFix($$"""
        new BaggagePropagator().[|Inject|]({{Current}}, message.Headers, (headers, key, value) => headers.Add("baggage", Encoding.UTF8.GetBytes(value)));
        """);

    [Fact]
    public Task NoFix_ForTheNoOutputPropagator() => VerifyNoFix(
        "DistributedContextPropagator.CreateNoOutputPropagator().[|Inject|](Activity.Current, message.Headers, SetObject);");

    [Fact]
    public Task NoFix_WhereNoSpanIsCurrent() => Verify<TL1006_InjectionWritesNothing>.NoFix<TL1006_InjectCurrentContext>(
        """
        using Confluent.Kafka;
        using OpenTelemetry.Context.Propagation;

        internal static class Program
        {
            private static void Main()
            {
                var headers = new Headers();
                Propagators.DefaultTextMapPropagator.[|Inject|](default, headers, (carrier, key, value) => carrier.Add(key, []));
            }
        }
        """,
        Setup.OpenTelemetry with { IsProgram = true });
}
