namespace TraceLint.Tests.Verification;

/// <summary>The surroundings that the tests about work inside the process share: a class that starts spans, with clients and collaborators.</summary>
internal static class WorkCode
{
    /// <summary>The statements of a method, inside a span.</summary>
    public static string InSpan(string statements, string members = "")
        => Class($$"""
            public async Task Handle(string order, CancellationToken cancellation)
            {
                using var activity = source.StartActivity("handle");
                await Task.Yield();
            {{Indent(statements, 1)}}
            }

            {{members}}
            """);

    /// <summary>The statements of a method that is in no span of its own.</summary>
    public static string Method(string statements, string members = "")
        => Class($$"""
            public async Task Handle(string order, CancellationToken cancellation)
            {
                await Task.Yield();
            {{Indent(statements, 1)}}
            }

            {{members}}
            """);

    /// <summary>The members of a class.</summary>
    public static string Class(string members) => $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Channels;
        using System.Threading.Tasks;

        public class Sample
        {
            private static readonly ActivitySource source = new ActivitySource("sample");
            private readonly CancellationTokenSource _stopping = new CancellationTokenSource();
            private readonly Channel<string> _orders = Channel.CreateUnbounded<string>();
            private readonly HttpClient _http = new HttpClient();
            private Task _running;
            private Timer _timer;

            private Task Save(string order) => Task.CompletedTask;
            private static void Note(string text) { }

        {{Indent(members, 1)}}
        }
        """.ReplaceLineEndings("\n");

    private static string Indent(string code, int levels)
        => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : new string(' ', levels * 4) + line));
}
