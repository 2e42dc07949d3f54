namespace TraceLint.Tests.Verification;

/// <summary>
/// The surroundings that the tests about injected spans share: a publish through some client, whose message has a
/// dictionary of headers.
/// </summary>
internal static class SpanCode
{
    /// <summary>A setter for those headers.</summary>
    public const string Setter = "static (headers, key, value) => headers[key] = value";

    /// <summary>A span that may be missing, and a message.</summary>
    public const string Start = """
        using var activity = source.StartActivity("publish", ActivityKind.Producer);
        var message = new Message { Body = order };
        """;

    /// <summary>The statements of an async method with OpenTelemetry at hand: a client, an order, a flag and a propagator.</summary>
    public static string Traced(string statements, string members = "") => Method(statements, $$"""
        private static readonly TextMapPropagator propagator = Propagators.DefaultTextMapPropagator;
        {{members}}
        """, "using OpenTelemetry;\nusing OpenTelemetry.Context.Propagation;\n");

    /// <summary>The same without OpenTelemetry.</summary>
    public static string Method(string statements, string members = "", string usings = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Text;
        using System.Threading.Tasks;
        {{usings}}
        public class Message
        {
            public string Body { get; set; } = "";
            public Dictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();
            public Dictionary<string, byte[]> Bytes { get; set; } = new Dictionary<string, byte[]>();
        }

        public interface IClient
        {
            Task SendAsync(Message message);
            void Log(string text);
        }

        public class Sample
        {
            private static readonly ActivitySource source = new ActivitySource("sample");
        {{Indent(members, 1)}}
            public async Task Send(IClient client, string order, bool flag)
            {
        {{Indent(statements, 2)}}
            }
        }
        """.ReplaceLineEndings("\n");

    private static string Indent(string code, int levels)
        => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : new string(' ', levels * 4) + line));
}
