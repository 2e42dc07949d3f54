using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.CodeFixes;

public class TL3002_StartOutsideSpanTests
{
    private const string Pump = "private async Task PumpAsync() { while (true) { await Save(\"x\"); } }";

    [Fact]
    public Task TaskRun_IsCalledWithTheFlowSuppressed() => Fix(
        InSpan("""
            // Goes on until the program ends.
            _running = Task.[|Run|](async () =>
            {
                while (true)
                {
                    await Save(order);
                }
            });
            await Save(order);
            """),
        InSpan("""
            // Goes on until the program ends.
            using (ExecutionContext.SuppressFlow())
            {
                _running = Task.Run(async () =>
                {
                    while (true)
                    {
                        await Save(order);
                    }
                });
            }
            await Save(order);
            """));

    [Fact]
    public Task Timer_IsMadeWithTheFlowSuppressed() => Fix(
        InSpan("_timer = new [|Timer|](_ => Note(order), null, 0, 1000); // every second"),
        InSpan("""
            using (ExecutionContext.SuppressFlow())
            {
                _timer = new Timer(_ => Note(order), null, 0, 1000); // every second
            }
            """));

    [Fact]
    public Task Thread_IsStartedWithTheFlowSuppressed() => Fix(
        InSpan("""
            var thread = new Thread(() => { while (true) { Note(order); } });
            thread.[|Start|]();
            """),
        InSpan("""
            var thread = new Thread(() => { while (true) { Note(order); } });
            using (ExecutionContext.SuppressFlow())
            {
                thread.Start();
            }
            """));

    [Fact]
    public Task StatementOfAnIf_GetsTheBlock() => Fix(
        InSpan("""
            if (_timer == null)
                _timer = new [|Timer|](_ => Note(order), null, 0, 1000);
            """),
        InSpan("""
            if (_timer == null)
                using (ExecutionContext.SuppressFlow())
                {
                    _timer = new Timer(_ => Note(order), null, 0, 1000);
                }
            """));

    [Fact]
    public Task AsyncMethod_IsCalledWithoutACurrentSpan() => Fix(
        InSpan("""
            _running = [|PumpAsync|]();
            await Save(order);
            """, Pump),
        InSpan("""
            var ambient = Activity.Current;
            Activity.Current = null;
            _running = PumpAsync();
            Activity.Current = ambient;
            await Save(order);
            """, Pump));

    [Fact]
    public Task SeveralInOneMethod() => Fix(
        InSpan("""
            _timer = new [|Timer|](_ => Note(order), null, 0, 1000);
            _running = [|PumpAsync|]();
            _ = [|PumpAsync|]();
            """, Pump),
        InSpan("""
            using (ExecutionContext.SuppressFlow())
            {
                _timer = new Timer(_ => Note(order), null, 0, 1000);
            }
            var ambient = Activity.Current;
            Activity.Current = null;
            _running = PumpAsync();
            Activity.Current = ambient;
            var current = Activity.Current;
            Activity.Current = null;
            _ = PumpAsync();
            Activity.Current = current;
            """, Pump));

    [Fact]
    public Task UsingIsAdded_AndOldCSharpIsKept() => Fix(
        """
        using System.Diagnostics;
        using System.Threading.Tasks;

        public class Sample
        {
            private static readonly ActivitySource source = new ActivitySource("sample");

            public void Handle()
            {
                using (source.StartActivity("handle"))
                {
                    Task.[|Run|](async () => { while (true) { await Task.Delay(1000); } });
                }
            }
        }
        """,
        """
        using System.Diagnostics;
        using System.Threading;
        using System.Threading.Tasks;

        public class Sample
        {
            private static readonly ActivitySource source = new ActivitySource("sample");

            public void Handle()
            {
                using (source.StartActivity("handle"))
                {
                    using (ExecutionContext.SuppressFlow())
                    {
                        Task.Run(async () => { while (true) { await Task.Delay(1000); } });
                    }
                }
            }
        }
        """,
        Setup.OpenTelemetry with { Language = LanguageVersion.CSharp7_3, Nullable = false });

    [Fact]
    public Task Variable_IsLeftAlone() => NoFix(InSpan("var loop = Task.[|Run|](async () => { while (true) { await Save(order); } });"));

    [Fact]
    public Task StatementThatAwaits_IsLeftAlone() => NoFix(InSpan(
        "_timer = new [|Timer|](_ => Note(order), await GetAsync(), 0, 1000);", "private Task<string> GetAsync() => Task.FromResult(\"\");"));

    [Fact]
    public Task AsyncCallThatIsNoStatementOfABlock_IsLeftAlone() => NoFix(InSpan("if (_running == null) _running = [|PumpAsync|]();", Pump));

    [Fact]
    public Task ArrowOfAMethod_IsLeftAlone() => NoFix(Class("""
        public void Open() { using (source.StartActivity("open")) { Start(); } }
        private void Start() => _timer = new [|Timer|](_ => Note("x"), null, 0, 1000);
        """));

    private static Task Fix(string source, string @fixed, Setup? setup = null) => Verify<TL3002_EndlessWorkInSpan>.Fix<TL3002_StartOutsideSpan>(source, @fixed, setup);

    private static Task NoFix(string source) => Verify<TL3002_EndlessWorkInSpan>.NoFix<TL3002_StartOutsideSpan>(source);
}
