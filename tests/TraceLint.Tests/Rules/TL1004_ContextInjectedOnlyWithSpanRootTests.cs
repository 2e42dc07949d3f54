using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>Where nothing can be current outside of the span, there is no context to lose.</summary>
public class TL1004_ContextInjectedOnlyWithSpanRootTests
{
    private const string Send = $$"""
        using var activity = source.StartActivity("publish", ActivityKind.Producer);
        var message = new Message();
        if (activity != null)
        {
            propagator.{0}(new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
        }

        await _client.SendAsync(message);
        """;

    private const string Silent = "Inject";
    private const string Reported = "[|Inject|]";

    private static string Sending(string inject) => Send.Replace("{0}", inject, StringComparison.Ordinal);

    private static Task Verify(string members) => Verify<TL1004_ContextInjectedOnlyWithSpan>.Rule(Traced("", "private readonly IClient _client = null!;\n" + members)
        .Replace("public class Sample\n", "public class Sample : Microsoft.Extensions.Hosting.BackgroundService\n", StringComparison.Ordinal)
        .Replace("using System.Threading.Tasks;", "using System.Threading;\nusing System.Threading.Tasks;", StringComparison.Ordinal)
        + "\nnamespace Microsoft.Extensions.Hosting { public abstract class BackgroundService { protected abstract System.Threading.Tasks.Task ExecuteAsync(System.Threading.CancellationToken stopping); } }\n");

    private static Task Worker(string before, string inject, string wrapped = "{0}", string members = "") => Verify($$"""
        protected override async Task ExecuteAsync(CancellationToken stopping)
        {
        {{before}}
            while (!stopping.IsCancellationRequested)
            {
                {{wrapped.Replace("{0}", Sending(inject), StringComparison.Ordinal)}}
            }
        }

        {{members}}
        """);

    [Fact]
    public Task RootOfAWorker() => Worker("", Silent);

    [Fact]
    public Task RootOfAWorker_AfterASpanThatHasEnded() => Worker("using (source.StartActivity(\"warm up\")) { await Task.Yield(); }", Silent);

    [Fact]
    public Task RootOfAWorker_InATask() => Worker("", Silent, "await Task.Run(async () => { {0} });");

    [Theory]
    [InlineData("using var outer = source.StartActivity(\"batch\");")]
    [InlineData("var outer = source.StartActivity(\"batch\");")]
    public Task SpanOfAWorker_InsideAnother(string outer) => Worker("", Reported, outer + "\n{0}");

    [Fact]
    public Task SpanOfAWorker_InAHandler() => Worker("", Reported, "Arrived += async () => { {0} }; await Task.Yield();", "private event Action? Arrived;");

    private static Task Helper(string calls, string inject, string modifier = "private") => Verify($$"""
        protected override async Task ExecuteAsync(CancellationToken stopping)
        {
            {{calls}}
        }

        {{modifier}} async Task Relay(string id)
        {
            {{Sending(inject)}}
        }
        """);

    [Fact]
    public Task HelperOfAWorker() => Helper("while (!stopping.IsCancellationRequested) { await Relay(\"1\"); }", Silent);

    [Fact]
    public Task HelperOfAWorker_CalledInsideASpan() => Helper("await Relay(\"1\"); using var outer = source.StartActivity(\"batch\"); await Relay(\"2\");", Reported);

    [Fact]
    public Task HelperOfAWorker_HandedOn() => Helper("await Relay(\"1\"); Func<string, Task> relay = Relay;", Reported);

    [Fact]
    public Task HelperOfAWorker_ThatOthersCanCall() => Helper("await Relay(\"1\");", Reported, "public");

    [Fact]
    public Task OtherMethodOfAWorker() => Verify($$"""
        protected override Task ExecuteAsync(CancellationToken stopping) => Task.CompletedTask;

        public async Task Publish()
        {
            {{Sending(Reported)}}
        }
        """);

    [Fact]
    public Task MainProgram() => Verify($$"""
        protected override Task ExecuteAsync(CancellationToken stopping) => Task.CompletedTask;

        private static readonly IClient _other = null!;

        public static async Task Main()
        {
            {{Sending(Silent).Replace("_client", "_other", StringComparison.Ordinal)}}
        }
        """);

    [Fact]
    public Task TopLevelStatements() => Verify<TL1004_ContextInjectedOnlyWithSpan>.Program("""
        using System.Collections.Generic;
        using System.Diagnostics;

        using var source = new ActivitySource("program");
        using var activity = source.StartActivity("publish");
        var headers = new Dictionary<string, string>();
        if (activity != null)
        {
            DistributedContextPropagator.Current.Inject(activity, headers, (_, key, value) => headers[key] = value);
        }

        Send(headers);

        static void Send(object headers) => System.Console.WriteLine(headers);
        """, Setup.SystemDiagnostics);
}
