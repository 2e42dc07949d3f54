using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkerCode;

namespace TraceLint.Tests.Spans;

/// <summary>Where TL1001 says that no span is current, and where one may be.</summary>
public class SpanlessFlowTests
{
    private const string Publish = """producer.Produce("orders", new Message<string, string> { Value = "new" });""";
    private const string Source = """private static readonly ActivitySource source = new("worker");""";

    [Theory]
    [InlineData("", "")]
    [InlineData("while (!stopping.IsCancellationRequested) {", "}")]
    [InlineData("await Task.Run(() => {", "});")]
    [InlineData("new Thread(() => {", "}).Start();")]
    [InlineData("using var timer = new Timer(_ => {", "}, null, 0, 1000);")]
    [InlineData("new[] { 1 }.ToList().ForEach(_ => {", "});")]
    [InlineData("Later(); void Later() {", "}")]
    [InlineData("using (var list = new CancellationTokenSource()) {", "}")]
    [InlineData("using (source.StartActivity(\"a\")) { }", "")]
    [InlineData("{ using var activity = source.StartActivity(\"a\"); }", "")]
    [InlineData("", "using var activity = source.StartActivity(\"a\");")]
    [InlineData("try { using var activity = source.StartActivity(\"a\"); } catch {", "}")]
    [InlineData("_ = Task.Run(() => { using var activity = source.StartActivity(\"a\"); });", "")]
    [InlineData("Activity.Current = null;", "")]
    public Task InExecuteAsync_NoneIs(string before, string after) => NoneIsCurrent(Worker($"{before}\n{Publish}\n{after}", Source));

    [Theory]
    [InlineData("using (source.StartActivity(\"a\")) {", "}")]
    [InlineData("using var activity = source.StartActivity(\"a\");", "")]
    [InlineData("var activity = source.StartActivity(\"a\");", "activity?.Stop();")]
    [InlineData("while (true) {", "source.StartActivity(\"a\"); }")]
    [InlineData("new Activity(\"a\").Start();", "")]
    [InlineData("Begin();", "")]
    [InlineData("using (StartWork()) {", "}")]
    [InlineData("using (new TraceScope()) {", "}")]
    [InlineData("Activity.Current = new Activity(\"a\");", "")]
    [InlineData("await source.RunInSpan(\"a\", () => {", "});")]
    [InlineData("Func<Task> later = async () => {", "};")]
    [InlineData("using (source.StartActivity(\"a\")) { await Task.Run(() => {", "}); }")]
    [InlineData("new[] { 1 }.ToList().ForEach(_ => {", "}); source.StartActivity(\"a\");")]
    public Task InExecuteAsync_OneMayBe(string before, string after) => OneMayBeCurrent(Worker($"{before}\n{Publish}\n{after}", Source + """

        private void Begin() => source.StartActivity("begin");

        private static IDisposable StartWork() => null!;
        """, """
        public sealed class TraceScope : IDisposable { public void Dispose() { } }
        """ + RunInSpan));

    private const string RunInSpan = """

        public static class Spans { public static Func<ActivitySource, string, Action, Task> Run { get; set; } = null!; public static Task RunInSpan(this ActivitySource source, string name, Action run) => Run(source, name, run); }
        """;

    [Theory]
    [InlineData("Relay();", "private void Relay() { PUBLISH }")]
    [InlineData("await RelayAsync();", "internal async Task RelayAsync() { await Task.Yield(); Send(); } private void Send() { PUBLISH }")]
    [InlineData("Relay(3);", "private void Relay(int tries) { PUBLISH if (tries > 0) { Relay(tries - 1); } }")]
    [InlineData("await Task.Run(Relay);", "private void Relay() { PUBLISH }")]
    [InlineData("using var timer = new Timer(Relay, null, 0, 1000);", "private void Relay(object? state) { PUBLISH }")]
    [InlineData("Relay(); Console.WriteLine(nameof(Relay));", "private void Relay() { PUBLISH }")]
    public Task InAMethodThatOnlyTheServiceCalls_NoneIs(string statements, string members) => NoneIsCurrent(Worker(statements, members.Replace("PUBLISH", Publish, StringComparison.Ordinal)));

    [Theory]
    [InlineData("Relay();", "public void Relay() { PUBLISH }")]
    [InlineData("Relay();", "private void Relay() { PUBLISH } public void Now() { Relay(); }")]
    [InlineData("Relay();", "private void Relay() { PUBLISH } public Action Now => Relay;")]
    [InlineData("using (source.StartActivity(\"a\")) { Relay(); }", "private void Relay() { PUBLISH }")]
    [InlineData("Relay(); using (source.StartActivity(\"a\")) { Relay(); }", "private void Relay() { PUBLISH }")]
    [InlineData("", "private void Relay() { PUBLISH }")]
    [InlineData("foreach (var one in Relay()) { }", "private IEnumerable<int> Relay() { PUBLISH yield return 1; }")]
    [InlineData("", "public Worker(IProducer<string, string> producer, int other) : this(producer, null!) { PUBLISH }")]
    [InlineData("", "public override Task StopAsync(CancellationToken stopping) { PUBLISH return Task.CompletedTask; }")]
    public Task InAMethodThatOthersMayCall_OneMayBe(string statements, string members)
        => OneMayBeCurrent(Worker(statements, Source + "\n" + members.Replace("PUBLISH", Publish, StringComparison.Ordinal)));

    [Fact]
    public Task InTheTimerOfAHostedService_NoneIs() => NoneIsCurrent(Worker("", "", $$"""
        public sealed class Ticks(IProducer<string, string> producer) : IHostedService
        {
            private Timer? _timer;

            public Task StartAsync(CancellationToken stopping)
            {
                _timer = new Timer(Tick, null, TimeSpan.Zero, TimeSpan.FromSeconds(5));
                return Task.CompletedTask;
            }

            private void Tick(object? state) { {{Publish}} }

            public Task StopAsync(CancellationToken stopping) => Task.CompletedTask;
        }
        """));

    [Fact]
    public Task InATimerThatAnybodyMayStart_OneMayBe() => OneMayBeCurrent(Worker("", "", $$"""
        public sealed class Ticks(IProducer<string, string> producer)
        {
            private Timer? _timer;

            public void Start() => _timer = new Timer(_ => { {{Publish}} }, null, 0, 1000);
        }
        """));

    [Theory]
    [InlineData("", OutputKind.ConsoleApplication, true)]
    [InlineData("[Obsolete] ", OutputKind.ConsoleApplication, false)]
    [InlineData("", OutputKind.DynamicallyLinkedLibrary, false)]
    public Task InWhatTheServiceCallsThroughAnInterface_OnlyAProgramSeesAllCallers(string attributes, OutputKind kind, bool isNone) => Verify(Worker(
        "await new Relay(producer).RunAsync();",
        MainOf(kind),
        $$"""
        public interface IRelay { Task RunAsync(); }

        public class Relay(IProducer<string, string> producer) : IRelay
        {
            {{attributes}}public async Task RunAsync() { await Task.Yield(); {{Publish}} }
        }
        """), kind, isNone);

    private static string MainOf(OutputKind kind) => kind is OutputKind.ConsoleApplication ? "public static void Main() { }" : "";

    [Fact]
    public Task InMain_NoneIs() => NoneIsCurrent(Worker("", $$"""public static void Main() { IProducer<string, string> producer = null!; {{Publish}} }"""), OutputKind.ConsoleApplication);

    [Fact]
    public Task InTopLevelStatements_NoneIs()
        => NoneIsCurrent("using Confluent.Kafka;\nIProducer<string, string> producer = null!;\n" + Publish, OutputKind.ConsoleApplication);

    [Fact]
    public Task InTopLevelStatements_BelowASpan_OneMayBe()
        => OneMayBeCurrent("using Confluent.Kafka;\nusing var activity = new System.Diagnostics.ActivitySource(\"a\").StartActivity();\nIProducer<string, string> producer = null!;\n" + Publish, OutputKind.ConsoleApplication);

    [Fact]
    public Task InALambdaOfAWebApplication_OneMayBe()
        => OneMayBeCurrent("using Confluent.Kafka;\nIProducer<string, string> producer = null!;\nApp.MapPost(() => { " + Publish + " });\npublic static class App { public static void MapPost(System.Action run) => Run(run); public static System.Action<System.Action> Run = null!; }", OutputKind.ConsoleApplication);

    [Fact]
    public Task InAServiceThatTheProgramRunsInASpan_OneMayBe() => OneMayBeCurrent(
        Worker(Publish, "public static void Main() { using var activity = new ActivitySource(\"a\").StartActivity(); Host.CreateDefaultBuilder().Build().Run(); }"), OutputKind.ConsoleApplication);

    private static Task NoneIsCurrent(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary) => Verify(source, kind, isNone: true);

    private static Task OneMayBeCurrent(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary) => Verify(source, kind, isNone: false);

    private static async Task Verify(string source, OutputKind kind, bool isNone)
    {
        var compilation = Analysis.Compile([CSharpSyntaxTree.ParseText(source)], WorkerCode.Setup.References);
        compilation = compilation.WithOptions(compilation.Options.WithOutputKind(kind));
        Assert.DoesNotContain(compilation.GetDiagnostics(), static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
        var diagnostic = Assert.Single(await Analysis.RunAsync(compilation), static diagnostic => diagnostic.Id == "TL1001");
        Assert.Equal(isNone, diagnostic.Properties.ContainsKey("NoSpan"));
        Assert.Equal(isNone, diagnostic.GetMessage(null).Contains("no span is current", StringComparison.Ordinal));
        Assert.InRange(diagnostic.GetMessage(null).Length, 0, 159);
    }
}
