namespace TraceLint.Tests.Engine;

/// <summary>Calls into code of the project are followed in place; other code returns what it makes of its arguments.</summary>
public class CallTests
{
    [Theory]
    [InlineData("P(Get());", "string Get() => Sent();", "S")]
    [InlineData("P(Get(Own()));", "static string Get(string text) => text;", "O")]
    [InlineData("P(Get(Own()));", "static string Get(string text) => \"other\";", "-")]
    [InlineData("P(Get(Own(), flag));", "static string Get(string text, bool flag) => flag ? text : Get(Sent(), true);", "O")]
    [InlineData("Get(out var text); P(text);", "static void Get(out string text) => text = Sent();", "S")]
    [InlineData("var text = Own(); Get(ref text); P(text);", "static void Get(ref string text) => text = Sent();", "S")]
    [InlineData("var text = Own(); Get(ref text); P(text);", "static void Get(ref string text) { if (text == \"\") text = Sent(); }", "SO")]
    [InlineData("P(await Get());", "static async Task<string> Get() { await Task.Delay(1); return Sent(); }", "S")]
    [InlineData("P(Get().Result);", "static Task<string> Get() => Task.FromResult(Sent());", "S")]
    [InlineData("P(One());", "static string One() => Two(); static string Two() => Three(); static string Three() => Sent();", "S")]
    [InlineData("if (Is()) { P(Sent()); }", "static bool Is() => false;", "!")]
    [InlineData("Fail(); P(Sent());", "static void Fail() => throw new Exception();", "!")]
    [InlineData("Start(Sent());", "static void Start(string text) { P(text); }", "S")]
    [InlineData("P(Text);", "static string Text => Sent();", "S")]
    [InlineData("Text = Sent(); P(Text);", "string Text { get => _text; set => _text = value; } string _text = \"\";", "S")]
    [InlineData("P(Own().Keep());", "}\npublic static class Extensions { public static string Keep(this string text) => text;", "O")]
    [InlineData("P(Get<string>(Sent()));", "static T Get<T>(T value) => value;", "S")]
    [InlineData("foreach (var text in Get()) { P(text); }", "static IEnumerable<string> Get() { yield return \"\"; yield return Sent(); }", "S")]
    public void Helpers(string statements, string members, string origins) => Assert.Equal(origins, Origins.In(statements, members));

    [Theory]
    [InlineData("string Get() => Sent(); P(Get());", "S")]
    [InlineData("var text = Own(); void Set() => text = Sent(); Set(); P(text);", "S")]
    [InlineData("var text = Own(); void Set() => text = Sent(); P(text);", "O")]
    [InlineData("var text = Own(); Action set = () => text = Sent(); set(); P(text);", "S")]
    [InlineData("Func<string, string> keep = text => text; P(keep(Sent()));", "S")]
    [InlineData("var text = Own(); items.ToList().ForEach(item => text = Sent()); P(text);", "SO")]
    [InlineData("await Task.Run(() => P(Sent()));", "S")]
    [InlineData("P(await Task.Run(() => Sent()));", "S")]
    [InlineData("var lazy = new Lazy<string>(() => { P(Sent()); return \"\"; });", "S")]
    [InlineData("Action never = () => P(Own());", "O")]
    [InlineData("void Never() => P(Own());", "O")]
    [InlineData("Func<string> get = flag ? () => Sent() : () => Own(); P(get());", "SO")]
    public void Functions(string statements, string origins) => Assert.Equal(origins, Origins.In(statements));

    [Theory]
    [InlineData("IReader reader = new One(); P(reader.Read());", "S")]
    [InlineData("IReader reader = flag ? new One() : new Two(); P(reader.Read());", "SO")]
    [InlineData("Base one = new Derived(); P(one.Read());", "S")]
    [InlineData("Base one = new Base(); P(one.Read());", "O")]
    public void VirtualCalls(string statements, string origins) => Assert.Equal(origins, Origins.In(statements, """
        private interface IReader { string Read(); }
        private class One : IReader { public string Read() => Sent(); }
        private class Two : IReader { public string Read() => Own(); }
        private class Base { public virtual string Read() => Own(); }
        private class Derived : Base { public override string Read() => Sent(); }
        """));

    [Theory]
    [InlineData("P(Sent().Trim().ToLowerInvariant());", "S")]
    [InlineData("P(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(Own())));", "O")]
    [InlineData("P(string.Join(\"-\", Sent(), \"01\"));", "S")]
    [InlineData("P(items[0]); P(items.First());", "P P")]
    [InlineData("var reader = new System.IO.StringReader(Sent()); P(reader.ReadLine());", "S")]
    [InlineData("P(new System.IO.StringReader(\"\").ReadLine());", "-")]
    public void OtherCode(string statements, string origins) => Assert.Equal(origins, Origins.In(statements));

    /// <summary>A method that calls itself, and methods that call each other, come to an end.</summary>
    [Fact]
    public void Recursion_Ends() => Assert.Equal("SO", Origins.In(
        "P(Odd(items.Length, Sent()));",
        """
        private static string Odd(int n, string text) => n == 0 ? Own() : Even(n - 1, text);
        private static string Even(int n, string text) => n == 0 ? text : Odd(n - 1, text);
        """));

    /// <summary>Nothing is said about code that is too large to be interpreted.</summary>
    [Fact]
    public void Budget_IsKept()
    {
        var calls = string.Concat(Enumerable.Range(0, 40).Select(static i => $"if (flag) {{ F{i % 8}(flag, 0); }} "));
        var members = string.Concat(Enumerable.Range(0, 8).Select(
            i => $"static void F{i}(bool flag, int depth) {{ {string.Concat(Enumerable.Range(0, 8).Select(j => $"if (flag) {{ F{j}(flag, depth + {i}); }} "))} }}\n"));

        Assert.Equal("!", Origins.In($"{calls} P(Sent());", members));
    }
}
