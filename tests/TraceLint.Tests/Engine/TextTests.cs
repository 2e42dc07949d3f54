namespace TraceLint.Tests.Engine;

/// <summary>What a text is composed of, and which code a value comes from.</summary>
public class TextTests
{
    [Theory]
    [InlineData("""P("a"); P("a" + "b");""", "a, ab")]
    [InlineData("""P($"a{given}b{1}");""", "a*b1")]
    [InlineData("""P("a" + given + "b");""", "a*b")]
    [InlineData("""var text = "a"; text += given; text += "b"; P(text);""", "a*b")]
    [InlineData("""P(string.Concat("a", given, "b"));""", "a*b")]
    [InlineData("""P(string.Concat(new[] { "a", given }));""", "a*")]
    [InlineData("""P(string.Format("a{0}b{1:x}", given, 1));""", "a*b1")]
    [InlineData("""P(string.Format(null, "{1}-{0}", given, "x"));""", "x-*")]
    [InlineData("""P(string.Join("-", "a", given, "b"));""", "a-*-b")]
    [InlineData("""P(string.Join('-', given, given));""", "*-*")]
    [InlineData("""P(new StringBuilder("a").Append(given).Append('b').ToString());""", "a*b")]
    [InlineData("""var builder = new StringBuilder(); builder.Append("a"); builder.AppendFormat("{0}b", given); P(builder.ToString());""", "a*b")]
    [InlineData("""var builder = new StringBuilder("b"); builder.Insert(0, "a"); P(builder.ToString());""", "ab")]
    [InlineData("""var text = flag ? "a" + given : "a" + items[0]; P(text);""", "a*")]
    [InlineData("""var text = flag ? "a" + given : "b"; P(text);""", "?")]
    [InlineData("""P(Text(given));""", "a*b")]
    [InlineData("""P(s_text + given);""", "fixed*")]
    public void Texts(string statements, string texts)
        => Assert.Equal(texts, Origins.TextsIn(statements, """
            private static readonly string s_text = "fixed";
            private static string Text(string inner) => $"a{inner}b";
            """));

    [Theory]
    [InlineData("P(given);", "given")]
    [InlineData("var text = given; P(text);", "given")]
    [InlineData("P(Guid.NewGuid().ToString(\"N\"));", "Guid.NewGuid()")]
    [InlineData("P($\"{DateTime.UtcNow:o}-{given}\");", "DateTime.UtcNow|given")]
    [InlineData("P($\"{DateTime.UtcNow:yyyy-MM}\");", "{DateTime.UtcNow:yyyy-MM}")]
    [InlineData("P(flag ? given : items[0]);", "given|items[0]")]
    [InlineData("P(Convert.ToBase64String(Encoding.UTF8.GetBytes(given)));", "Convert.ToBase64String(Encoding.UTF8.GetBytes(given))")]
    [InlineData("P(New());", "Guid.NewGuid()")]
    [InlineData("Set(out var id); P(id);", "Guid.NewGuid()")]
    [InlineData("P(s_id);", "Guid.NewGuid()")]
    public void Sources(string statements, string sources)
        => Assert.Equal(sources, Origins.SourcesIn(statements, """
            private static readonly string s_id = Guid.NewGuid().ToString();
            private static string New() { var id = Guid.NewGuid(); return id.ToString(); }
            private static void Set(out string id) => id = New();
            """));
}
