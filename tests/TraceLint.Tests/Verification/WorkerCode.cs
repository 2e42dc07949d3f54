namespace TraceLint.Tests.Verification;

/// <summary>A hosted service that publishes to Kafka, so that a test shows only its point.</summary>
internal static class WorkerCode
{
    public static readonly Setup Setup = Setup.OpenTelemetry with { References = Setup.OpenTelemetry.References.AddRange(References.AspNetCore) };

    public static readonly Setup SystemDiagnostics = Setup with { References = Setup.SystemDiagnostics.References.AddRange(References.AspNetCore) };

    /// <summary>The statements of its ExecuteAsync, with a producer and a consumer at hand.</summary>
    public static string Worker(string statements, string members = "", string types = "", string usings = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using Confluent.Kafka;
        using Microsoft.Extensions.Hosting;
        {{(usings.Length > 0 ? usings + "\n" : "")}}
        public class Worker(IProducer<string, string> producer, IConsumer<string, string> consumer) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stopping)
            {
                await Task.Yield();
        {{KafkaCode.Indent(statements, 2)}}
            }
        {{(members.Length > 0 ? "\n" + KafkaCode.Indent(members, 1) + "\n" : "")}}}
        {{(types.Length > 0 ? "\n" + types + "\n" : "")}}
        """;

    /// <summary>The same with OpenTelemetry's namespaces in scope.</summary>
    public static string Traced(string statements, string members = "", string types = "")
        => Worker(statements, members, types, """
            using OpenTelemetry;
            using OpenTelemetry.Context.Propagation;
            """);
}
