namespace TraceLint.Proofs.Kit;

/// <summary>The surroundings that programs share, so that a proof shows only its point.</summary>
internal static class ServiceCode
{
    /// <summary>The namespaces of OpenTelemetry.Api, for programs that use it before they are fixed.</summary>
    public const string OpenTelemetry = """
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;
        """;

    /// <summary>A method of the service that extracts the parent of a span as it should be done.</summary>
    public const string ExtractFromHeaders = """
        private static ActivityContext Extract(Headers? headers)
        {
            ActivityContext.TryParse(Text(headers, "traceparent"), Text(headers, "tracestate"), isRemote: true, out var parent);
            return parent;
        }

        private static string? Text(Headers? headers, string name)
            => headers != null && headers.TryGetLastBytes(name, out var value) ? Encoding.UTF8.GetString(value) : null;
        """;

    /// <summary>The same for a message of SQS.</summary>
    public const string ExtractFromAttributes = """
        private static ActivityContext Extract(Message message)
        {
            ActivityContext.TryParse(Text(message, "traceparent"), Text(message, "tracestate"), isRemote: true, out var parent);
            return parent;
        }

        private static string? Text(Message message, string name)
            => message.MessageAttributes != null && message.MessageAttributes.TryGetValue(name, out var value) ? value.StringValue : null;
        """;

    /// <summary>A method of the service that processes the body of a message.</summary>
    public const string Handle = """
        private static void Handle(string body)
        {
            using (source.StartActivity("price"))
            {
            }
        }
        """;

    /// <summary>The same, as the pages of the rules call it.</summary>
    public const string Enricher = """
        private static class enricher
        {
            public static void Handle(string body)
            {
                using var price = source.StartActivity("price");
            }
        }
        """;

    /// <summary>A service that does something with a Kafka producer.</summary>
    public static string Kafka(string statements, string members = "", string usings = "", string parameters = "IProducer<string, string> producer")
        => Method(parameters, statements, members, "using Confluent.Kafka;\n" + usings);

    /// <summary>A service that does something with a client of SQS and the URL of a queue.</summary>
    public static string Sqs(string statements, string members = "", string usings = "", string parameters = "IAmazonSQS sqs, string url")
        => Method(parameters, statements, members, "using Amazon.SQS;\nusing Amazon.SQS.Model;\n" + usings);

    /// <summary>A service that starts a program, with a folder as its argument.</summary>
    public static string Child(string statements) => Method("string child, string report", statements);

    /// <summary>A service with one async method.</summary>
    /// <param name="parameters">What it asks for: parts of a run.</param>
    /// <param name="statements">What it does.</param>
    /// <param name="members">What else its class has, besides an activity source called "source", an "order" and a "json".</param>
    /// <param name="usings">More using directives.</param>
    public static string Method(string parameters, string statements, string members = "", string usings = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        {{usings.TrimEnd()}}

        public class Service
        {
            private static readonly ActivitySource source = new ActivitySource("service");
            private static readonly Order order = new Order();
            private static readonly string json = "{}";

            public async Task RunAsync({{parameters}})
            {
                await Task.Yield();
        {{Indent(statements, 2)}}
            }
        {{(members.Length > 0 ? "\n" + Indent(members, 1) + "\n" : "")}}}

        public class Order
        {
            public string Id { get; } = "7";

            public string[] Lines { get; } = new[] { "keyboard", "cable" };
        }
        """.ReplaceLineEndings("\n") + "\n";

    /// <summary>Code that is so many levels deeper.</summary>
    public static string Indent(string code, int levels)
        => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : new string(' ', levels * 4) + line));
}
