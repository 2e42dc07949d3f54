namespace TraceLint.Tests.Verification;

/// <summary>The surroundings that the tests about what happens inside a process share: a source of spans, and some work.</summary>
internal static class LifetimeCode
{
    /// <summary>The statements of a synchronous method.</summary>
    public static string Sync(string statements, string members = "", string usings = "") => Class($$"""
        public void Run(IWork work, string order, bool flag)
        {
        {{Indent(statements, 1)}}
        }
        {{members}}
        """, usings);

    /// <summary>The statements of an async method.</summary>
    public static string Async(string statements, string members = "", string usings = "") => Class($$"""
        public async Task Run(IWork work, string order, bool flag)
        {
        {{Indent(statements, 1)}}
        }
        {{members}}
        """, usings);

    /// <summary>The members of a class that has a source of spans.</summary>
    public static string Class(string members, string usings = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        {{usings}}
        public interface IWork
        {
            void Do(string order);
            Task DoAsync(string order);
            IEnumerable<string> Read();
            IAsyncEnumerable<string> ReadAsync();
            void Keep(Activity activity);
        }

        public partial class Sample
        {
            private static readonly ActivitySource source = new ActivitySource("sample");

        {{Indent(members, 1)}}
        }
        """.ReplaceLineEndings("\n");

    private static string Indent(string code, int levels)
        => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : new string(' ', levels * 4) + line));
}
