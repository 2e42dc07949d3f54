using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>A variable is what was assigned to it last on the way to where it is read.</summary>
public class TL2006_RemoteParentNotMarkedOrderTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL2006_RemoteParentNotMarked>.Rule(Method("", $$"""
        public void Handle(Dictionary<string, string> headers, bool flag, string[] items, string given)
        {
            var text = headers["traceparent"];
        {{Indent(statements, 1)}}
        }

        {{members}}

        private void Start(ActivityContext parent)
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        }
        """), Setup.SystemDiagnostics);

    [Theory]
    [InlineData("Console.WriteLine(text); text = Activity.Current?.Id ?? \"\"; Start(ActivityContext.Parse(text, null));")]
    [InlineData("if (flag) { text = Activity.Current!.Id!; Start(ActivityContext.Parse(text, null)); }")]
    [InlineData("foreach (var item in items) { text = Activity.Current!.Id!; Start(ActivityContext.Parse(text, null)); }")]
    [InlineData("using (var activity = source.StartActivity(text)) { text = activity!.Id!; var own = ActivityContext.Parse(text, null); Start(own); }")]
    [InlineData("if (flag) { text = Activity.Current!.Id!; } else { Console.WriteLine(text); return; } Start(ActivityContext.Parse(Activity.Current!.Id!, null));")]
    [InlineData("string other; if (flag) { other = text; return; } other = Activity.Current!.Id!; Start(ActivityContext.Parse(other, null));")]
    [InlineData("string other; if (flag) { other = text; } else { other = Activity.Current!.Id!; Start(ActivityContext.Parse(other, null)); }")]
    [InlineData("Own(out text); Start(ActivityContext.Parse(text, null));")]
    public Task OwnWhenItIsRead(string statements) => Verify(statements, "private static void Own(out string text) => text = Activity.Current!.Id!;");

    [Theory]
    [InlineData("Start(ActivityContext.[|Parse|](text, null));")]
    [InlineData("Start(ActivityContext.[|Parse|](text, null)); text = Activity.Current!.Id!;")]
    [InlineData("if (flag) { text = Activity.Current!.Id!; } Start(ActivityContext.[|Parse|](text, null));")]
    [InlineData("text = Activity.Current!.Id!; text = headers[\"traceparent\"]; Start(ActivityContext.[|Parse|](text, null));")]
    [InlineData("var other = Activity.Current!.Id!; foreach (var item in items) { Start(ActivityContext.[|Parse|](other, null)); other = text; }")]
    [InlineData("var other = Activity.Current!.Id!; Action set = () => other = text; set(); Start(ActivityContext.[|Parse|](other, null));")]
    [InlineData("string other; try { other = text; } catch { other = Activity.Current!.Id!; } Start(ActivityContext.[|Parse|](other, null));")]
    [InlineData("text = flag ? text : Activity.Current!.Id!; Start(ActivityContext.[|Parse|](text, null));")]
    public Task FromOutsideWhenItIsRead(string statements) => Verify(statements);

    [Theory]
    [InlineData("text = Activity.Current!.Id!; Start(ActivityContext.Parse(text, null));")]
    [InlineData("if (flag) text = Activity.Current!.Id!; Start(ActivityContext.[|Parse|](text, null));")]
    public Task Parameter(string statements) => Verify("Begin(text, flag);", $$"""
        private void Begin(string text, bool flag)
        {
            {{statements}}
        }
        """);
}
