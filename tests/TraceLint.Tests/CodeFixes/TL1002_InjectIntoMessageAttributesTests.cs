using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.AwsCode;

namespace TraceLint.Tests.CodeFixes;

public class TL1002_InjectIntoMessageAttributesTests
{
    private const string Context = "new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current)";

    private static Task Verify(string source, string @fixed, Setup? setup = null)
        => Verify<TL1002_SqsPublishWithoutContext>.Fix<TL1002_InjectIntoMessageAttributes>(source, @fixed, setup ?? Setup.Aws);

    [Fact]
    public Task RequestInLocal() => Verify(
        Traced("""
            var request = new SendMessageRequest(url, order.Id);
            await sqs.[|SendMessageAsync|](request, cancellation);
            """),
        Traced($$"""
            var request = new SendMessageRequest(url, order.Id) { MessageAttributes = [] };
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                request.MessageAttributes,
                static (attributes, key, value) => attributes[key] = new() { DataType = "String", StringValue = value });
            await sqs.SendMessageAsync(request, cancellation);
            """));

    [Fact]
    public Task AttributesThatExistAreNotCreated() => Verify(
        Traced("""
            await sqs.[|SendMessageAsync|](new SendMessageRequest { QueueUrl = url, MessageAttributes = new() });
            """),
        Traced($$"""
            var request = new SendMessageRequest { QueueUrl = url, MessageAttributes = new() };
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                request.MessageAttributes,
                static (attributes, key, value) => attributes[key] = new() { DataType = "String", StringValue = value });
            await sqs.SendMessageAsync(request);
            """));

    [Fact]
    public Task UrlAndBody_BecomeARequest() => Verify(
        Traced("""
            await sqs.[|SendMessageAsync|](url, JsonSerializer.Serialize(order), cancellation).ConfigureAwait(false);
            """),
        Traced($$"""
            var request = new SendMessageRequest(url, JsonSerializer.Serialize(order)) { MessageAttributes = [] };
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                request.MessageAttributes,
                static (attributes, key, value) => attributes[key] = new() { DataType = "String", StringValue = value });
            await sqs.SendMessageAsync(request, cancellation).ConfigureAwait(false);
            """));

    [Fact]
    public Task RequestWhoseNamespaceIsNotImported() => Verify(
        Traced("await sqs.[|SendMessageAsync|](url, order.Id);").Replace("using Amazon.SQS.Model;\n", "", StringComparison.Ordinal),
        Traced($$"""
            var request = new SendMessageRequest(url, order.Id) { MessageAttributes = [] };
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                request.MessageAttributes,
                static (attributes, key, value) => attributes[key] = new() { DataType = "String", StringValue = value });
            await sqs.SendMessageAsync(request);
            """));

    [Fact]
    public Task NamedArguments_AreOrdered() => Verify(
        Traced("""
            var result = await sqs.[|SendMessageAsync|](messageBody: order.Id, cancellationToken: cancellation, queueUrl: url);
            """),
        Traced($$"""
            var request = new SendMessageRequest(url, order.Id) { MessageAttributes = [] };
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                request.MessageAttributes,
                static (attributes, key, value) => attributes[key] = new() { DataType = "String", StringValue = value });
            var result = await sqs.SendMessageAsync(request, cancellationToken: cancellation);
            """));

    [Fact]
    public Task ExpressionBody_BecomesABlock() => Verify(
        Traced("", """
            private static Task Post(IAmazonSQS sqs, string url, string id) => sqs.[|SendMessageAsync|](url, id);
            """),
        Traced("", $$"""
            private static Task Post(IAmazonSQS sqs, string url, string id)
            {
                var request = new SendMessageRequest(url, id) { MessageAttributes = [] };
                Propagators.DefaultTextMapPropagator.Inject(
                    {{Context}},
                    request.MessageAttributes,
                    static (attributes, key, value) => attributes[key] = new() { DataType = "String", StringValue = value });
                return sqs.SendMessageAsync(request);
            }
            """));

    [Fact]
    public Task BatchOfEntries_EachEntry() => Verify(
        Traced("""
            var entries = order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line)).ToList();
            await sqs.[|SendMessageBatchAsync|](url, entries);
            """),
        Traced($$"""
            var entries = order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line)).ToList();
            foreach (var entry in entries)
            {
                entry.MessageAttributes ??= [];
                Propagators.DefaultTextMapPropagator.Inject(
                    {{Context}},
                    entry.MessageAttributes,
                    static (attributes, key, value) =>
                        attributes[key] = new() { DataType = "String", StringValue = value });
            }

            await sqs.SendMessageBatchAsync(url, entries);
            """));

    [Fact]
    public Task BatchRequestInPlace_EachEntryOfIt() => Verify(
        Traced("""
            await sqs.[|SendMessageBatchAsync|](new SendMessageBatchRequest
            {
                QueueUrl = url,
                Entries = order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line)).ToList(),
            });
            """),
        Traced($$"""
            var batch = new SendMessageBatchRequest
            {
                QueueUrl = url,
                Entries = order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line)).ToList(),
            };
            foreach (var entry in batch.Entries)
            {
                entry.MessageAttributes ??= [];
                Propagators.DefaultTextMapPropagator.Inject(
                    {{Context}},
                    entry.MessageAttributes,
                    static (attributes, key, value) =>
                        attributes[key] = new() { DataType = "String", StringValue = value });
            }

            await sqs.SendMessageBatchAsync(batch);
            """));

    [Fact]
    public Task Wrapper_IsFixedWhereItIsCalled() => Verify(
        Traced(
            "await [|Deliver|](sqs, new SendMessageRequest(url, order.Id));",
            "private static Task Deliver(IAmazonSQS sqs, SendMessageRequest request) => sqs.SendMessageAsync(request);"),
        Traced(
            $$"""
            var request = new SendMessageRequest(url, order.Id) { MessageAttributes = [] };
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                request.MessageAttributes,
                static (attributes, key, value) => attributes[key] = new() { DataType = "String", StringValue = value });
            await Deliver(sqs, request);
            """,
            "private static Task Deliver(IAmazonSQS sqs, SendMessageRequest request) => sqs.SendMessageAsync(request);"));

    [Fact]
    public Task SystemDiagnosticsDialect_SeveralKindsInOneFile() => Verify(
        Method("""
            var entries = new List<SendMessageBatchRequestEntry> { new("1", order.Id) };
            await sqs.[|SendMessageAsync|](url, order.Id);
            await sqs.[|SendMessageAsync|](new SendMessageRequest(url, order.Id));
            await sqs.[|SendMessageBatchAsync|](url, entries);
            """),
        Method("""
            var entries = new List<SendMessageBatchRequestEntry> { new("1", order.Id) };
            var request = new SendMessageRequest(url, order.Id) { MessageAttributes = [] };
            DistributedContextPropagator.Current.Inject(
                Activity.Current,
                request.MessageAttributes,
                (_, key, value) => request.MessageAttributes[key] = new() { DataType = "String", StringValue = value });
            await sqs.SendMessageAsync(request);
            var sendRequest = new SendMessageRequest(url, order.Id) { MessageAttributes = [] };
            DistributedContextPropagator.Current.Inject(
                Activity.Current,
                sendRequest.MessageAttributes,
                (_, key, value) => sendRequest.MessageAttributes[key] = new() { DataType = "String", StringValue = value });
            await sqs.SendMessageAsync(sendRequest);
            foreach (var entry in entries)
            {
                entry.MessageAttributes ??= [];
                DistributedContextPropagator.Current.Inject(
                    Activity.Current,
                    entry.MessageAttributes,
                    (_, key, value) => entry.MessageAttributes[key] = new() { DataType = "String", StringValue = value });
            }

            await sqs.SendMessageBatchAsync(url, entries);
            """),
        Setup.AwsWithSystemDiagnostics);

    [Fact]
    public Task OldLanguage() => Verify(
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Amazon.SQS;
        using Amazon.SQS.Model;

        public class Sample
        {
            public async Task Send(IAmazonSQS sqs, string url, string id)
            {
                await sqs.[|SendMessageAsync|](url, id);
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Threading.Tasks;
        using Amazon.SQS;
        using Amazon.SQS.Model;
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;

        public class Sample
        {
            public async Task Send(IAmazonSQS sqs, string url, string id)
            {
                var request = new SendMessageRequest(url, id)
                {
                    MessageAttributes = new Dictionary<string, MessageAttributeValue>()
                };
                Propagators.DefaultTextMapPropagator.Inject(
                    new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                    request.MessageAttributes,
                    (attributes, key, value) =>
                        attributes[key] = new MessageAttributeValue { DataType = "String", StringValue = value });
                await sqs.SendMessageAsync(request);
            }
        }
        """,
        Setup.Aws with { Language = LanguageVersion.CSharp7_3, Nullable = false });

    [Fact]
    public Task Redrive_CarriesTheIncomingContextOn() => Verify(
        Traced("", """
            public Task Retry(IAmazonSQS sqs, Message message, string url) => sqs.[|SendMessageAsync|](url, message.Body);
            """),
        Traced("", """
            public Task Retry(IAmazonSQS sqs, Message message, string url)
            {
                var request = new SendMessageRequest(url, message.Body) { MessageAttributes = [] };
                Propagators.DefaultTextMapPropagator.Inject(
                    Activity.Current != null
                        ? new PropagationContext(Activity.Current.Context, Baggage.Current)
                        : Propagators.DefaultTextMapPropagator.Extract(
                            default,
                            message.MessageAttributes,
                            static (attributes, key) => attributes != null && attributes.TryGetValue(key, out var value)
                                ? new[] { value.StringValue }
                                : Array.Empty<string>()),
                    request.MessageAttributes,
                    static (attributes, key, value) => attributes[key] = new() { DataType = "String", StringValue = value });
                return sqs.SendMessageAsync(request);
            }
            """));

    [Fact]
    public Task Redrive_WithSystemDiagnostics() => Verify(
        Method("", """
            public Task Retry(IAmazonSQS sqs, Message message, string url) => sqs.[|SendMessageAsync|](url, message.Body);
            """),
        Method("", """
            public Task Retry(IAmazonSQS sqs, Message message, string url)
            {
                var request = new SendMessageRequest(url, message.Body) { MessageAttributes = [] };
                if (Activity.Current != null)
                {
                    DistributedContextPropagator.Current.Inject(
                        Activity.Current,
                        request.MessageAttributes,
                        (_, key, value) => request.MessageAttributes[key] = new() { DataType = "String", StringValue = value });
                }
                else
                {
                    foreach (var field in DistributedContextPropagator.Current.Fields)
                    {
                        if (message.MessageAttributes != null && message.MessageAttributes.TryGetValue(field, out var value))
                        {
                            request.MessageAttributes[field] = new() { DataType = "String", StringValue = value.StringValue };
                        }
                    }
                }

                return sqs.SendMessageAsync(request);
            }
            """),
        Setup.AwsWithSystemDiagnostics);

    [Fact]
    public Task ConditionalPublish_BecomesAStatement() => Verify(
        Traced("await (flag ? sqs.[|SendMessageAsync|](url, order.Id) : Task.FromResult<SendMessageResponse>(null!));"),
        Traced($$"""
            if (flag)
            {
                var request = new SendMessageRequest(url, order.Id) { MessageAttributes = [] };
                Propagators.DefaultTextMapPropagator.Inject(
                    {{Context}},
                    request.MessageAttributes,
                    static (attributes, key, value) =>
                        attributes[key] = new() { DataType = "String", StringValue = value });
                await sqs.SendMessageAsync(request);
            }
            else
            {
                await Task.FromResult<SendMessageResponse>(null!);
            }
            """));
}
