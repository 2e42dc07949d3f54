using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.AwsCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1002 stays silent about: the context is there, or it cannot be known.</summary>
public class TL1002_SqsPublishWithoutContextSilentTests
{
    private static Task Verify(string source, Setup? setup = null) => Verify<TL1002_SqsPublishWithoutContext>.Rule(source, setup ?? Setup.Aws);

    // There is nothing to inject, or tracing is switched off.
    [Theory]
    [InlineData("var activity = Activity.Current;", "activity is null")]
    [InlineData("using var activity = source.StartActivity(\"send\");", "Activity.Current is null")]
    [InlineData("using var activity = source.StartActivity(\"send\"); var isTraced = order.Id != \"\";", "!isTraced")]
    public Task UrlAndBody_WhereNoSpanIsCurrent(string start, string condition) => Verify(Method($$"""
        {{start}}
        if ({{condition}})
        {
            await sqs.SendMessageAsync(url, order.Id);
            return;
        }

        var request = new SendMessageRequest(url, order.Id) { MessageAttributes = new() };
        DistributedContextPropagator.Current.Inject(activity, request, static (carrier, name, value)
            => ((SendMessageRequest)carrier!).MessageAttributes[name] = new() { DataType = "String", StringValue = value });
        await sqs.SendMessageAsync(request);
        """));

    [Fact]
    public Task Injected() => Verify(Traced($$"""
        var request = new SendMessageRequest(url, order.Id) { MessageAttributes = new() };
        Propagators.DefaultTextMapPropagator.Inject(default, request.MessageAttributes, {{Setter}});
        await sqs.SendMessageAsync(request);
        """));

    [Fact]
    public Task InjectedIntoAttributesMadeWhenMissing() => Verify(Traced($$"""
        var request = new SendMessageRequest(url, order.Id);
        request.MessageAttributes ??= [];
        Propagators.DefaultTextMapPropagator.Inject(default, request.MessageAttributes, {{Setter}});
        await sqs.SendMessageAsync(request);
        """));

    [Fact]
    public Task InjectedBySystemDiagnostics() => Verify(Method("""
        var attributes = new Dictionary<string, MessageAttributeValue>();
        DistributedContextPropagator.Current.Inject(Activity.Current, attributes, (carrier, key, value) => attributes[key] = new() { DataType = "String", StringValue = value });
        await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = url, MessageAttributes = attributes });
        """), Setup.AwsWithSystemDiagnostics);

    [Fact]
    public Task InjectedIntoTheRequest() => Verify(Traced("""
        var request = new SendMessageRequest(url, order.Id);
        Propagators.DefaultTextMapPropagator.Inject(default, request, (r, key, value) => (r.MessageAttributes ??= []).Add(key, new() { DataType = "String", StringValue = value }));
        await sqs.SendMessageAsync(request);
        """));

    [Fact]
    public Task TraceAttributeByIndexer() => Verify(Method("""
        var request = new SendMessageRequest(url, order.Id) { MessageAttributes = new() };
        request.MessageAttributes["traceparent"] = new() { DataType = "String", StringValue = Activity.Current!.Id };
        await sqs.SendMessageAsync(request);
        """));

    [Fact]
    public Task TraceAttributeInInitializer() => Verify(Method("""
        await sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = url,
            MessageAttributes = new() { { "type", new() }, { "traceparent", new() { DataType = "String", StringValue = Activity.Current!.Id } } },
        });
        """));

    [Fact]
    public Task XRayHeaderAsSystemAttribute() => Verify(Method("""
        await sqs.SendMessageAsync(new SendMessageRequest(url, order.Id)
        {
            MessageSystemAttributes = new() { ["AWSTraceHeader"] = new() { DataType = "String", StringValue = "Root=1" } },
        });
        """));

    [Fact]
    public Task XRayHeaderAddedLater() => Verify(Method("""
        var request = new SendMessageRequest(url, order.Id) { MessageSystemAttributes = new() };
        request.MessageSystemAttributes.Add("AWSTraceHeader", new() { DataType = "String", StringValue = "Root=1" });
        await sqs.SendMessageAsync(request);
        """));

    [Fact]
    public Task UnknownAttribute() => Verify(Method("""
        var request = new SendMessageRequest(url, order.Id) { MessageAttributes = new() };
        foreach (var line in order.Lines)
        {
            request.MessageAttributes[line] = new();
        }

        await sqs.SendMessageAsync(request);
        """));

    [Fact]
    public Task ForwardedAttributes() => Verify(Method("", """
        public Task Retry(IAmazonSQS sqs, Message message, string url)
            => sqs.SendMessageAsync(new SendMessageRequest(url, message.Body) { MessageAttributes = message.MessageAttributes });
        """));

    [Fact]
    public Task CopiedAttributes() => Verify(Method("", """
        public Task Retry(IAmazonSQS sqs, Message message, string url)
            => sqs.SendMessageAsync(new SendMessageRequest(url, message.Body)
            {
                MessageAttributes = message.MessageAttributes.ToDictionary(pair => pair.Key, pair => new MessageAttributeValue { DataType = "String", StringValue = pair.Value.StringValue }),
            });

        public async Task RetryLater(IAmazonSQS sqs, Message message, string url)
        {
            var request = new SendMessageRequest(url, message.Body) { MessageAttributes = new(message.MessageAttributes) };
            await sqs.SendMessageAsync(request);
            var other = new SendMessageRequest(url, message.Body) { MessageAttributes = [] };
            foreach (var (name, value) in message.MessageAttributes)
            {
                other.MessageAttributes.Add(name, value);
            }

            await sqs.SendMessageAsync(other);
        }
        """));

    [Fact]
    public Task RequestFromParameter() => Verify(Method("", """
        public Task Send(IAmazonSQS sqs, SendMessageRequest request) => sqs.SendMessageAsync(request);
        public Task Send(IAmazonSQS sqs, string url, List<SendMessageBatchRequestEntry> entries) => sqs.SendMessageBatchAsync(url, entries);
        public Task Send(IAmazonSQS sqs, string url, Dictionary<string, MessageAttributeValue> attributes)
            => sqs.SendMessageAsync(new SendMessageRequest(url, "x") { MessageAttributes = attributes });
        """));

    [Fact]
    public Task HelperInjects() => Verify(Traced(
        """
        var request = new SendMessageRequest(url, order.Id);
        request.InjectTraceContext();
        await sqs.SendMessageAsync(request);
        await sqs.SendMessageAsync(new SendMessageRequest(url, order.Id) { MessageAttributes = Context() });
        """,
        $$"""
        private static Dictionary<string, MessageAttributeValue> Context()
        {
            var attributes = new Dictionary<string, MessageAttributeValue>();
            Tracing.Inject(attributes);
            return attributes;
        }
        """) + $$"""

        public static class Tracing
        {
            public static void InjectTraceContext(this SendMessageRequest request)
            {
                request.MessageAttributes ??= new();
                Inject(request.MessageAttributes);
            }

            public static void Inject(IDictionary<string, MessageAttributeValue> attributes)
                => Propagators.DefaultTextMapPropagator.Inject(default, attributes, {{Setter}});
        }
        """);

    [Fact]
    public Task EntriesInjectedInSelect() => Verify(Traced($$"""
        var entries = order.Lines.Select(line =>
        {
            var entry = new SendMessageBatchRequestEntry(line, line) { MessageAttributes = new() };
            Propagators.DefaultTextMapPropagator.Inject(default, entry.MessageAttributes, {{Setter}});
            return entry;
        }).ToList();
        await sqs.SendMessageBatchAsync(url, entries);
        """));

    [Fact]
    public Task EntriesInjectedInALoopAfterwards() => Verify(Traced($$"""
        var request = new SendMessageBatchRequest(url, order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line)).ToList());
        foreach (var entry in request.Entries)
        {
            entry.MessageAttributes ??= new();
            Propagators.DefaultTextMapPropagator.Inject(default, entry.MessageAttributes, {{Setter}});
        }

        await sqs.SendMessageBatchAsync(request);
        """));

    [Fact]
    public Task EntriesInjectedByForEach() => Verify(Traced($$"""
        var entries = order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line) { MessageAttributes = new() }).ToList();
        entries.ForEach(entry => Propagators.DefaultTextMapPropagator.Inject(default, entry.MessageAttributes, {{Setter}}));
        await sqs.SendMessageBatchAsync(url, entries);
        """));

    [Fact]
    public Task EntriesInjectedByASecondSelect() => Verify(Traced(
        """
        var entries = order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line)).Select(entry => WithContext(entry)).ToList();
        await sqs.SendMessageBatchAsync(url, entries);
        await sqs.SendMessageBatchAsync(url, order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line)).Select(WithContext).ToList());
        """,
        $$"""
        private static SendMessageBatchRequestEntry WithContext(SendMessageBatchRequestEntry entry)
        {
            entry.MessageAttributes ??= new();
            Propagators.DefaultTextMapPropagator.Inject(default, entry.MessageAttributes, {{Setter}});
            return entry;
        }
        """));

    [Fact]
    public Task EntryInjectedByIndex() => Verify(Traced($$"""
        var entries = new List<SendMessageBatchRequestEntry> { new("1", order.Id) { MessageAttributes = new() } };
        Propagators.DefaultTextMapPropagator.Inject(default, entries[0].MessageAttributes, {{Setter}});
        await sqs.SendMessageBatchAsync(url, entries);
        """));

    [Fact]
    public Task EntriesHandedToUnknownCode() => Verify(Method(
        """
        var entries = order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line)).ToList();
        Enrich(entries);
        await sqs.SendMessageBatchAsync(url, entries);
        """,
        "private static extern void Enrich(IEnumerable<SendMessageBatchRequestEntry> entries);"));

    [Fact]
    public Task EntriesFromAnotherMethodThatIsUnknown() => Verify(Method(
        """
        await sqs.SendMessageBatchAsync(url, Entries());
        await sqs.SendMessageBatchAsync(new SendMessageBatchRequest(url, new List<SendMessageBatchRequestEntry>(Entries())));
        """,
        "private static extern List<SendMessageBatchRequestEntry> Entries();"));

    [Fact]
    public Task EmptyBatch() => Verify(Method("await sqs.SendMessageBatchAsync(url, new List<SendMessageBatchRequestEntry>());"));

    [Fact]
    public Task EnvelopeInBody() => Verify(Method("""
        await sqs.SendMessageAsync(url, JsonSerializer.Serialize(new { order.Id, TraceParent = Activity.Current?.Id }));
        await sqs.SendMessageAsync(new SendMessageRequest(url, JsonSerializer.Serialize(new { order.Id, TraceParent = Activity.Current?.Id })));
        """));

    [Fact]
    public Task AddAwsInstrumentation() => Verify(Method(
        """
        await sqs.SendMessageAsync(url, order.Id);
        await sqs.SendMessageAsync(new SendMessageRequest(url, order.Id));
        """,
        """
        public static void Trace(Tracing tracing) => tracing.AddAWSInstrumentation();
        public class Tracing { public void AddAWSInstrumentation() { } }
        """));

    [Fact]
    public Task XRayRegistered() => Verify(Method(
        """
        await sqs.SendMessageAsync(url, order.Id);
        await sqs.SendMessageBatchAsync(url, order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line)).ToList());
        """,
        """
        public static void Trace() => AWSSDKHandler.RegisterXRayForAllServices();
        public static class AWSSDKHandler { public static void RegisterXRayForAllServices() { } }
        """));

    [Fact]
    public Task PipelineHandlerThatSeesBatches() => Verify(Method(
        "await sqs.SendMessageBatchAsync(url, order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line)).ToList());",
        """
        private class Propagation : Amazon.Runtime.Internal.PipelineHandler
        {
            public override void InvokeSync(Amazon.Runtime.IExecutionContext context)
            {
                if (context.RequestContext.OriginalRequest is SendMessageBatchRequest request)
                {
                    request.Entries.ForEach(entry => entry.MessageAttributes["traceparent"] = new());
                }
            }
        }
        """));

    [Fact]
    public Task OwnClientDecorates() => Verify(Method(
        "await sqs.SendMessageAsync(url, order.Id);",
        """
        private class TracingSqs : AmazonSQSClient
        {
            public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellation = default)
            {
                request.MessageAttributes["traceparent"] = new() { DataType = "String", StringValue = Activity.Current!.Id };
                return base.SendMessageAsync(request, cancellation);
            }
        }
        """));

    [Fact]
    public Task OwnTypesOfTheSameNames() => Verify("""
        public class SendMessageRequest { }
        public interface IAmazonSQS { void SendMessageAsync(SendMessageRequest request); }
        public class Sample
        {
            public void Send(IAmazonSQS sqs) => sqs.SendMessageAsync(new SendMessageRequest());
        }
        """);

    [Fact]
    public Task SnsToAPhone() => Verify("""
        using System.Threading.Tasks;
        using Amazon.SimpleNotificationService;
        using Amazon.SimpleNotificationService.Model;

        public class Sample
        {
            public Task Text(IAmazonSimpleNotificationService sns, string number)
                => sns.PublishAsync(new PublishRequest { PhoneNumber = number, Message = "Your code is 1234" });
        }
        """, Setup.Sns);

    [Fact]
    public Task Ping() => Verify(Method("""await sqs.SendMessageAsync(url, "ping");"""));

    [Fact]
    public Task Wrapper_OfACarriedRequest() => Verify(Traced(
        $$"""
        var request = new SendMessageRequest(url, order.Id) { MessageAttributes = new() };
        Propagators.DefaultTextMapPropagator.Inject(default, request.MessageAttributes, {{Setter}});
        await Deliver(sqs, request);
        """,
        "private static Task Deliver(IAmazonSQS sqs, SendMessageRequest request) => sqs.SendMessageAsync(request);"));

    [Fact]
    public Task Wrapper_ThatInjects() => Verify(Traced(
        "await Deliver(sqs, new SendMessageRequest(url, order.Id));",
        $$"""
        private static Task Deliver(IAmazonSQS sqs, SendMessageRequest request)
        {
            request.MessageAttributes ??= new();
            Propagators.DefaultTextMapPropagator.Inject(default, request.MessageAttributes, {{Setter}});
            return sqs.SendMessageAsync(request);
        }
        """));
}
