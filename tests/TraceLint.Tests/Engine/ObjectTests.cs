namespace TraceLint.Tests.Engine;

/// <summary>Objects keep what is stored in them, each for itself, whatever the way to them is called.</summary>
public class ObjectTests
{
    [Theory]
    [InlineData("var one = new Box { Text = Sent() }; P(one.Text); P(one.Other);", "S -")]
    [InlineData("var one = new Box { Text = Sent() }; var other = new Box { Text = Own() }; P(one.Text); P(other.Text);", "S O")]
    [InlineData("var one = new Box(); var alias = one; alias.Text = Sent(); P(one.Text);", "S")]
    [InlineData("var one = new Box { Text = Sent() }; one.Text = Own(); P(one.Text);", "O")]
    [InlineData("var one = new Box(); Fill(one); P(one.Text);", "S")]
    [InlineData("var one = new Box { Inner = new Box { Text = Sent() } }; P(one.Inner!.Text); P(one.Inner.Other);", "S -")]
    [InlineData("var one = new Pair(Sent(), Own()); P(one.First); P(one.Second);", "S O")]
    [InlineData("var (first, second) = new Pair(Sent(), Own()); P(first); P(second);", "S O")]
    [InlineData("var one = new Pair(Sent(), Own()) with { First = \"\" }; P(one.First); P(one.Second);", "- O")]
    [InlineData("var one = new { Text = Sent(), Other = Own() }; P(one.Text); P(one.Other);", "S O")]
    [InlineData("(string A, string B) one = (Sent(), Own()); P(one.A); P(one.Item2);", "S O")]
    [InlineData("if (new Pair(Sent(), Own()) is { First: var first, Second: var second }) { P(first); P(second); }", "S O")]
    [InlineData("if (new Pair(Sent(), Own()) is (var first, _)) { P(first); }", "S")]
    [InlineData("var one = new Made(Sent()); P(one.Text);", "S")]
    [InlineData("var one = new Primary(Sent()); P(one.Get());", "S")]
    [InlineData("field = Sent(); P(field); P(this.field);", "S S")]
    [InlineData("Shared = Sent(); P(Shared);", "S")]
    public void Members(string statements, string origins) => Assert.Equal(origins, Origins.In(statements, """
        private string? field;
        private static string? Shared;
        private class Box { public string? Text { get; set; } public string? Other; public Box? Inner; }
        private record Pair(string First, string Second);
        private class Made { public Made(string text) => Text = text; public string Text { get; } }
        private class Primary(string text) { public string Get() => text; }
        private static void Fill(Box box) => box.Text = Sent();
        """));

    [Theory]
    [InlineData("var list = new List<string> { Own() }; list.Add(Sent()); P(list[0]); foreach (var one in list) { P(one); }", "SO SO")]
    [InlineData("string[] array = [Sent(), Own()]; P(array[0]);", "SO")]
    [InlineData("var map = new Dictionary<string, string> { [\"a\"] = Sent() }; map[\"b\"] = Own(); P(map[\"a\"]); P(map[\"b\"]);", "S O")]
    [InlineData("var map = new Dictionary<string, string>(); map.Add(\"a\", Sent()); if (map.TryGetValue(\"a\", out var one)) { P(one); }", "S")]
    [InlineData("var map = new Dictionary<string, string>(); P(map.GetValueOrDefault(\"a\"));", "-")]
    [InlineData("P(items.Select(item => Sent()).First()); P(items.Where(item => flag).First());", "S P")]
    [InlineData("P((from item in items let text = Sent() select text).First());", "S")]
    [InlineData("var queue = new Queue<string>(); queue.Enqueue(Sent()); P(queue.Dequeue());", "S")]
    [InlineData("P(new[] { Sent() }.SelectMany(one => new[] { one }).Single());", "S")]
    public void Collections(string statements, string origins) => Assert.Equal(origins, Origins.In(statements));

    /// <summary>The oldest Roslyn has no operation for spreads.</summary>
    [Fact]
    [Trait("Tier", "Newest")]
    public void Spread() => Assert.Equal("S", Origins.In("List<string> list = [.. new[] { Sent() }]; P(list[0]);"));

    /// <summary>An entry with the name of a trace header comes from another process, unless it was put there.</summary>
    [Theory]
    [InlineData("P(headers[\"traceparent\"]); P(headers[\"id\"]);", "S -")]
    [InlineData("headers[\"traceparent\"] = Own(); P(headers[\"traceparent\"]);", "O")]
    [InlineData("if (headers.TryGetValue(\"traceparent\", out var text)) { P(text); }", "S")]
    [InlineData("P(Read(headers, Name)); P(Read(headers, \"id\"));", "S -")]
    [InlineData("P(Find(headers, Name)); P(Find(headers, \"id\"));", "S -")]
    [InlineData("TryFind(headers, Name, out var text); P(text); TryFind(headers, \"id\", out var id); P(id);", "S -")]
    [InlineData("P(Current(Name)); P(Same(Name));", "O -")]
    [InlineData("P(Activity.Current!.GetTagItem(\"traceparent\") as string);", "O")]
    public void TraceHeaders(string statements, string origins) => Assert.Equal(origins, Origins.In(
        $"void Use(Dictionary<string, string> headers) {{ {statements} }}",
        """
        private const string Name = "traceparent";
        private static string Read(Dictionary<string, string> headers, string name) => headers[name];
        private static string? Find(Dictionary<string, string> headers, string name) { foreach (var pair in headers) { if (pair.Key == name) { return pair.Value; } } return null; }
        private static bool TryFind(Dictionary<string, string> headers, string name, out string? text) { text = null; foreach (var pair in headers) { if (pair.Key == name) { text = pair.Value; } } return text != null; }
        private static string? Current(string name) => name.Length == 0 ? null : Own();
        private static string Same(string name) => name;
        """));
}
