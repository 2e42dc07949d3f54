namespace TraceLint.Tests.Verification;

/// <summary>The surroundings that the tests about background jobs share: a program, a source of spans and some work.</summary>
internal static class JobCode
{
    /// <summary>The members of a class that creates jobs of Hangfire, and the types of the jobs.</summary>
    public static string Hangfire(string members, string types = "") => Program("using Hangfire;\nusing Hangfire.Client;\nusing Hangfire.Server;", members, types);

    /// <summary>The members of a class that creates jobs of Quartz.NET, and the types of the jobs.</summary>
    public static string Quartz(string members, string types = "") => Program("using Quartz;\nusing Quartz.Impl;", members, types);

    private static string Program(string usings, string members, string types) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        {{usings}}

        public record Order(string Id);

        public static class Tracing
        {
            public static readonly ActivitySource Source = new ActivitySource("sample");

            public static void Main() { }
        }

        public interface IWork
        {
            Task DoAsync(string id);
        }

        {{types}}

        public class Sample(IWork work)
        {
            private static readonly ActivitySource source = Tracing.Source;

        {{string.Join('\n', members.ReplaceLineEndings("\n").Split('\n').Select(static line => line.Length == 0 ? line : "    " + line))}}
        }
        """.ReplaceLineEndings("\n");
}
