using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

/// <summary>What writes to a log does not throw, however it is written.</summary>
public class TL3009_ActivityNotStoppedLogTests
{
    private const string Log = """

        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { }

            [System.AttributeUsage(System.AttributeTargets.Method)]
            public sealed class LoggerMessageAttribute(string text) : System.Attribute { public string Text { get; } = text; }
        }
        """;

    private const string Members = """
        private static readonly Action<ILogger, string, Exception?> s_defined = null!;
        private static readonly Action<string> s_other = null!;
        private static void Plain(ILogger logger, string order) => throw new InvalidOperationException();

        [LoggerMessage("Handled {order}")]
        private static partial void Generated(ILogger logger, string order);

        private static partial void Generated(ILogger logger, string order) { }
        """;

    private static Task Verify(string start, string call) => Verify<TL3009_ActivityNotStopped>.Rule(Sync($$"""
        ILogger logger = null!;
        var activity = source.{{start}}("process");
        {{call}}
        activity?.Stop();
        """, Members, "using Microsoft.Extensions.Logging;") + Log);

    [Theory]
    [InlineData("Generated(logger, order);")]
    [InlineData("s_defined(logger, order, null);")]
    public Task LogMethod_DoesNotThrow(string call) => Verify("StartActivity", call);

    [Theory]
    [InlineData("Plain(logger, order);")]
    [InlineData("s_other(order);")]
    [InlineData("Generated(logger, work.Read().First()); work.Do(order);")]
    public Task OtherMethod_Throws(string call) => Verify("[|StartActivity|]", call);
}
