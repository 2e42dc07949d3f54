namespace TraceLint.Tests.Verification;

/// <summary>The surroundings that the Kafka tests share, so that a test shows only its point.</summary>
internal static class KafkaCode
{
    /// <summary>The statements of an async method with a producer, an order and an activity source at hand.</summary>
    public static string Method(string statements, string members = "", string usings = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Text;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using Confluent.Kafka;
        {{(usings.Length > 0 ? usings + "\n" : "")}}
        public record Order(string Id, string[] Lines);

        public class Sample
        {
            private static readonly ActivitySource source = new("sample");

            public async Task Send(IProducer<string, string> producer, Order order, bool flag, CancellationToken cancellation)
            {
                await Task.Yield();
        {{Indent(statements, 2)}}
            }
        {{(members.Length > 0 ? "\n" + Indent(members, 1) + "\n" : "")}}}
        """;

    /// <summary>The same with OpenTelemetry's namespaces in scope.</summary>
    public static string Traced(string statements, string members = "")
        => Method(statements, members, """
            using OpenTelemetry;
            using OpenTelemetry.Context.Propagation;
            """);

    /// <summary>Code some levels further in.</summary>
    public static string Indent(string code, int levels)
        => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : new string(' ', levels * 4) + line));
}
