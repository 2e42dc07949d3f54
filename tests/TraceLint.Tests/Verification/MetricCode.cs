namespace TraceLint.Tests.Verification;

/// <summary>The surroundings of tests about measurements: an instrument of each kind, an order, an exception.</summary>
internal static class MetricCode
{
    /// <summary>The statements of a method, and members of its class.</summary>
    public static string Measure(string statements, string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Diagnostics.Metrics;
        using System.Linq;

        public class Sample
        {
            private static readonly Meter meter = new Meter("sample");
            private static readonly Counter<long> counter = meter.CreateCounter<long>("orders");
            private static readonly UpDownCounter<int> waiting = meter.CreateUpDownCounter<int>("waiting");
            private static readonly Histogram<double> duration = meter.CreateHistogram<double>("duration");
            private static readonly Gauge<int> depth = meter.CreateGauge<int>("depth");
        {{KafkaCode.Indent(members, 1)}}
            public void Handle(string order, Exception error, Activity activity, bool flag)
            {
        {{KafkaCode.Indent(statements, 2)}}
            }
        }
        """.ReplaceLineEndings("\n");
}
