namespace TraceLint.Tests.Verification;

/// <summary>The surroundings that the SQS and SNS tests share, so that a test shows only its point.</summary>
internal static class AwsCode
{
    /// <summary>The statements of an async method with both clients, an order and an activity source at hand.</summary>
    public static string Method(string statements, string members = "", string usings = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Text;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using Amazon.SQS;
        using Amazon.SQS.Model;
        {{(usings.Length > 0 ? usings + "\n" : "")}}
        public record Order(string Id, string[] Lines);

        public class Sample
        {
            private static readonly ActivitySource source = new("sample");

            public async Task Send(IAmazonSQS sqs, string url, Order order, bool flag, CancellationToken cancellation)
            {
                await Task.Yield();
        {{KafkaCode.Indent(statements, 2)}}
            }
        {{(members.Length > 0 ? "\n" + KafkaCode.Indent(members, 1) + "\n" : "")}}}
        """;

    /// <summary>The same with OpenTelemetry's namespaces in scope.</summary>
    public static string Traced(string statements, string members = "")
        => Method(statements, members, """
            using OpenTelemetry;
            using OpenTelemetry.Context.Propagation;
            """);

    /// <summary>A setter for attributes, as real code writes it.</summary>
    public const string Setter = "(attributes, key, value) => attributes[key] = new MessageAttributeValue { DataType = \"String\", StringValue = value }";
}
