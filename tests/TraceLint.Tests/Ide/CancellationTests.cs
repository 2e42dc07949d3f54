using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Host;
using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Ide;

/// <summary>
/// A request that is cancelled stops, and leaves nothing behind: whoever asks next, for the same compilation or with the same analysis,
/// gets the whole answer.
/// </summary>
public class CancellationTests
{
    private const string File = "Faults.cs";

    private const string Branches = """
        using var activity = Telemetry.Source.StartActivity("publish");
        var message = new Message<string, string> { Value = order.Id, Headers = KafkaHeaders.For(order) };
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (attempt > 0)
            {
                message.Headers.Add("attempt", Encoding.UTF8.GetBytes(attempt.ToString()));
            }

            await producer.ProduceAsync("orders", message, cancellation);
        }
        """;

    private const string OnlyWithSpan = """
        public void PublishWithSpan(Order order)
        {
            using var activity = Telemetry.Source.StartActivity("publish");
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            if (activity is not null)
            {
                message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(activity.Id!));
                message.Headers.Add("tracestate", Encoding.UTF8.GetBytes(activity.TraceStateString ?? ""));
            }

            producer.Produce("orders", message);
        }

        """;

    public static TheoryData<string> Samples => ["OrderFlow.Messaging", "OrderFlow.Worker", "OrderFlow.Shipping"];

    [Fact]
    public async Task RequestCancelledBeforeItStarts_Stops()
    {
        using var session = OrderFlow.Open(OrderFlow.Faults);
        var snapshot = await session.SnapshotAsync(File);
        await AssertStopsAsync(snapshot, new CancellationToken(canceled: true));
        Assert.Equal(await WholeAsync(session), Texts(await snapshot.SquigglesAsync(snapshot.Compilation.SyntaxTrees.Last())));
    }

    /// <summary>Cancelled before each rule in turn.</summary>
    [Fact]
    public async Task RequestCancelledBetweenTwoRules_LeavesNothingBehind()
    {
        var whole = await WholeAsync(OrderFlow.Open(OrderFlow.Faults));
        var rules = AllRules.Create();
        var step = Depth.IsOldestRoslyn ? 2 : 10;
        for (var place = 0; place <= rules.Length; place += step)
        {
            var stop = new StoppingRule();
            using var session = OrderFlow.Open(OrderFlow.Faults);
            var compilation = (await session.SnapshotAsync(File)).Compilation;
            await AssertRecoversAsync(compilation, new AnalyzerOptions([]), rules.Insert(place, stop), stop.Arm, whole);
        }
    }

    /// <summary>
    /// Cancelled when the settings of a file are asked for the first, the second and each later time: the flow asks at each call that it
    /// comes to.
    /// </summary>
    [Trait("Tier", "Full")]
    [Fact]
    public async Task RequestCancelledInTheMiddleOfABody_LeavesNothingBehind()
    {
        using var session = OrderFlow.Open(OrderFlow.Publisher(Branches), (OrderFlow.HelperFile, OrderFlow.NotInjecting));
        session.Replace(OrderFlow.PublisherFile, OrderFlow.Member, OnlyWithSpan);
        Assert.Equal(
            ["TL5003 StartActivity", "TL1001 ProduceAsync", "TL5003 StartActivity", "TL1004 Add"],
            await session.SquiggledAsync(OrderFlow.PublisherFile));

        var compilation = (await session.SnapshotAsync(OrderFlow.PublisherFile)).Compilation;
        var whole = Texts(await session.SquigglesAsync(OrderFlow.PublisherFile));
        var times = 1;
        for (var isCancelled = true; isCancelled; times += 5)
        {
            var settings = new StoppingSettings();
            var options = new AnalyzerOptions([], settings);
            isCancelled = await AssertRecoversAsync(
                Fresh(compilation), options, AllRules.Create(), source => settings.Arm(source, times), whole);
        }

        Assert.True(times > 40, $"The settings were asked for {times} times only.");
    }

    /// <summary>Cancelled when one of the files is read.</summary>
    [Fact]
    public async Task RequestCancelledWhenItReadsAFile_LeavesNothingBehind()
    {
        using var session = OrderFlow.Open(OrderFlow.Publisher(OrderFlow.PublishWithHelper), (OrderFlow.HelperFile, OrderFlow.NotInjecting));
        var whole = Texts(await session.SquigglesAsync(OrderFlow.PublisherFile));
        var compilation = (await session.SnapshotAsync(OrderFlow.PublisherFile)).Compilation;
        var order = compilation.SyntaxTrees.ToList();
        for (var file = 0; file < order.Count; file++)
        {
            CancellationTokenSource? stop = null;
            var texts = order.Select((tree, index)
                => new StoppingText(tree.GetText(), () => (index == file ? stop : null)?.Cancel())).ToList();
            var trees = order.Zip(texts, static (tree, text)
                => CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath));
            var files = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
            await AssertRecoversAsync(files, new AnalyzerOptions([]), AllRules.Create(), source => stop = source, whole);
        }
    }

    [Fact]
    public async Task LightBulb_ThatIsCancelled_StopsAndOffersTheSameNextTime()
    {
        using var session = OrderFlow.Open(OrderFlow.Publisher(OrderFlow.Publish));
        var squiggle = Assert.Single(await session.SquigglesAsync(OrderFlow.PublisherFile));
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.LightBulbAsync(squiggle, cancelled));
        Assert.NotEmpty(await session.LightBulbAsync(squiggle));
    }

    [Trait("Tier", "Full")]
    [Fact]
    public async Task LightBulb_ThatIsCancelledAtAnyTime_OffersTheSameNextTime()
    {
        for (var point = 0; point < 25; point++)
        {
            using var session = OrderFlow.Open(OrderFlow.Publisher(OrderFlow.Publish));
            var squiggle = Assert.Single(await session.SquigglesAsync(OrderFlow.PublisherFile));
            using var source = new CancellationTokenSource();
            var bulb = Record.ExceptionAsync(async () => await session.LightBulbAsync(squiggle, source.Token));
            await Task.Delay(point * 2);
            await source.CancelAsync();
            Assert.True(await bulb is null or OperationCanceledException);
            var preview = await EditorSession.PreviewAsync((await session.LightBulbAsync(squiggle))[0]);
            var changed = preview.GetDocument(session.Document(OrderFlow.PublisherFile).Id)!;
            Assert.Contains("Inject(", EditorSession.TextOf(changed).ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Cancelled at many points in time, hence at other places in every run. What is asserted holds at all of them: a failure is one of
    /// the product.
    /// </summary>
    [Trait("Tier", "Full")]
    [Theory]
    [MemberData(nameof(Samples))]
    public async Task RequestCancelledAtAnyTime_LeavesNothingBehind(string project)
    {
        var sample = SampleProjects.OrderFlow().Single(sample => sample.AssemblyName == project);
        var rules = AllRules.Create();
        var whole = Texts(await new Snapshot(sample, new AnalyzerOptions([]), new TraceLintAnalyzer(rules)).EverythingAsync());
        Assert.NotEmpty(whole);
        var watch = Stopwatch.StartNew();
        await new Snapshot(Fresh(sample), new AnalyzerOptions([]), new TraceLintAnalyzer(rules)).EverythingAsync();
        var duration = watch.Elapsed;
        for (var point = 0; point < 25; point++)
        {
            using var source = new CancellationTokenSource();
            var (compilation, options) = (Fresh(sample), new AnalyzerOptions([]));
            var asked = new Snapshot(compilation, options, new TraceLintAnalyzer(rules));
            var request = Record.ExceptionAsync(async () => await asked.EverythingAsync(source.Token));
            await Task.Delay(duration * (point / 25.0));
            await source.CancelAsync();
            Assert.True(await request is null or OperationCanceledException, (await request)?.ToString());
            Assert.Equal(whole, Texts(await new Snapshot(compilation, options, new TraceLintAnalyzer(rules)).EverythingAsync()));
            Assert.Equal(whole, Texts(await asked.EverythingAsync()));
        }
    }

    // The request is cancelled as it is told; then the same analysis and a new one of the same compilation are asked again.
    private static async Task<bool> AssertRecoversAsync(
        Compilation compilation,
        AnalyzerOptions options,
        ImmutableArray<Rule> rules,
        Action<CancellationTokenSource> arm,
        IReadOnlyList<string> whole)
    {
        using var source = new CancellationTokenSource();
        var file = compilation.SyntaxTrees.Single(tree => whole[0].StartsWith(tree.FilePath, StringComparison.Ordinal));
        var asked = new Snapshot(compilation, options, new TraceLintAnalyzer(rules));
        arm(source);
        var outcome = await Record.ExceptionAsync(async () => await asked.SquigglesAsync(file, null, source.Token));
        Assert.True(
            source.IsCancellationRequested ? outcome is OperationCanceledException : outcome is null,
            outcome?.ToString() ?? "The request was not stopped.");
        Assert.Equal(whole, Texts(await new Snapshot(compilation, options, new TraceLintAnalyzer(rules)).SquigglesAsync(file)));
        Assert.Equal(whole, Texts(await asked.SquigglesAsync(file)));
        return source.IsCancellationRequested;
    }

    private static async Task AssertStopsAsync(Snapshot snapshot, CancellationToken cancellation)
        => await Assert.ThrowsAnyAsync<OperationCanceledException>(async ()
            => await snapshot.SquigglesAsync(snapshot.Compilation.SyntaxTrees.Last(), null, cancellation));

    private static async Task<IReadOnlyList<string>> WholeAsync(EditorSession session) => Texts(await session.SquigglesAsync(File));

    private static IReadOnlyList<string> Texts(ImmutableArray<Diagnostic> diagnostics)
        => [.. diagnostics.Select(static one => one.ToString())];

    // Nothing that hangs on a tree is known either.
    private static Compilation Fresh(Compilation compilation)
        => compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(static tree
            => CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath)));

    /// <summary>Cancels the request in whose turn it is.</summary>
    private sealed class StoppingRule : Rule
    {
#pragma warning disable RS1015, RS2008 // A rule of this test alone: it has no page and is never released.
        private static readonly DiagnosticDescriptor s_rule
            = new("TEST02", "A test", "Stopped", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);
#pragma warning restore RS1015, RS2008
        private CancellationTokenSource? _source;

        public override DiagnosticDescriptor Descriptor => s_rule;

        public override IReadOnlyCollection<string> Words { get; } = ["namespace"];

        public void Arm(CancellationTokenSource source) => _source = source;

        public override void Start(RuleContext context) => context.RegisterFileAction(_ =>
        {
            Interlocked.Exchange(ref _source, null)?.Cancel();
        });
    }

    /// <summary>Settings that cancel a request when they are asked for.</summary>
    private sealed class StoppingSettings : AnalyzerConfigOptionsProvider
    {
        private static readonly AnalyzerConfigOptions s_none
            = new AnalyzerOptions([]).AnalyzerConfigOptionsProvider.GlobalOptions;
        private CancellationTokenSource? _source;
        private int _left;

        public override AnalyzerConfigOptions GlobalOptions => s_none;

        public void Arm(CancellationTokenSource source, int times) => (_source, _left) = (source, times);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree)
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _source?.Cancel();
            }

            return s_none;
        }

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => s_none;
    }

    /// <summary>A text that tells when it is copied, which the product does to read it.</summary>
    private sealed class StoppingText(SourceText text, Action isRead) : SourceText
    {
        public override Encoding? Encoding => text.Encoding;

        public override int Length => text.Length;

        public override char this[int position] => text[position];

        public override void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)
        {
            isRead();
            text.CopyTo(sourceIndex, destination, destinationIndex, count);
        }
    }
}
