namespace TraceLint.Tests.Engine;

/// <summary>A variable is what was assigned to it last, on each path that leads to where it is read.</summary>
public class StatementTests
{
    [Theory]
    [InlineData("P(Sent()); P(Own()); P(\"text\"); P(given);", "S O - P")]
    [InlineData("var text = Sent(); P(text); text = Own(); P(text);", "S O")]
    [InlineData("string text; (text, _) = (Sent(), Own()); P(text);", "S")]
    [InlineData("var (one, other) = (Sent(), Own()); P(one); P(other);", "S O")]
    [InlineData("string one, other; one = other = Sent(); P(one); P(other);", "S S")]
    [InlineData("var text = Sent(); text += Own(); P(text);", "SO")]
    [InlineData("var text = $\"{Sent()}-{1}\"; P(text); P(Own() + \"x\");", "S O")]
    [InlineData("given = Own(); P(given);", "O")]
    public void Assignments(string statements, string origins) => Assert.Equal(origins, Origins.In(statements));

    [Theory]
    [InlineData("var text = Sent(); if (flag) { text = Own(); P(text); } P(text);", "O SO")]
    [InlineData("string text; if (flag) { text = Sent(); } else { text = Own(); } P(text);", "SO")]
    [InlineData("var text = Sent(); if (flag) { text = Own(); return; } P(text);", "S")]
    [InlineData("var text = Sent(); if (flag) { throw new Exception(text); } else { text = Own(); } P(text);", "O")]
    [InlineData("P(flag ? Sent() : Own());", "SO")]
    [InlineData("P(items.Length switch { 0 => Sent(), 1 => \"1\", _ => Own() });", "SO")]
    [InlineData("string text = \"\"; switch (items.Length) { case 0: text = Sent(); break; case 1: text = Own(); P(text); break; } P(text);", "O SO")]
    [InlineData("string? text = null; text ??= Sent(); P(text);", "S")]
    [InlineData("string? text = null; P(text ?? Own());", "O")]
    [InlineData("if (false) { P(Sent()); }", "!")]
    [InlineData("const bool on = false; var text = on ? Sent() : Own(); P(text);", "O")]
    public void Branches(string statements, string origins) => Assert.Equal(origins, Origins.In(statements));

    [Theory]
    [InlineData("var text = Own(); foreach (var item in items) { P(text); text = Sent(); } P(text);", "SO SO")]
    [InlineData("var text = Own(); foreach (var item in items) { text = Sent(); P(text); }", "S")]
    [InlineData("var text = Own(); do { text = Sent(); } while (flag); P(text);", "S")]
    [InlineData("var text = Own(); while (flag) { if (text == \"\") { continue; } text = Sent(); break; } P(text);", "SO")]
    [InlineData("var text = Own(); for (var i = 0; i < 3; i++) { P(text); if (i == 1) { text = Sent(); } }", "SO")]
    [InlineData("var text = Own(); again: P(text); text = Sent(); if (flag) { goto again; }", "SO")]
    [InlineData("while (true) { if (flag) { return; } } P(Sent());", "!")]
    public void Loops(string statements, string origins)
        => Assert.Equal(origins, Origins.In($"#pragma warning disable CS0162\n{statements}\n#pragma warning restore CS0162"));

    [Theory]
    [InlineData("string text; try { text = Sent(); } catch { text = Own(); } P(text);", "SO")]
    [InlineData("var text = Own(); try { text = Sent(); Console.WriteLine(); } catch (Exception) { P(text); }", "SO")]
    [InlineData("var text = Own(); try { Console.WriteLine(); } finally { text = Sent(); } P(text);", "S")]
    [InlineData("var text = Own(); try { text = Sent(); return; } finally { P(text); }", "S")]
    [InlineData("var text = Own(); try { GC.Collect(); text = Sent(); } finally { P(text); }", "SO")]
    [InlineData("var text = Own(); try { try { GC.Collect(); } finally { text = Sent(); } } catch { P(text); }", "S")]
    [InlineData("var text = Own(); try { throw new Exception(); } catch (Exception e) when (e.Message == Own()) { text = Sent(); } P(text);", "S")]
    [InlineData("var text = Own(); using (var stream = new System.IO.MemoryStream()) { text = Sent(); } P(text);", "S")]
    [InlineData("var text = Own(); lock (items) { text = Sent(); } P(text);", "S")]
    [InlineData("throw new Exception(); P(Sent());", "!")]
    public void Exceptions(string statements, string origins)
        => Assert.Equal(origins, Origins.In($"#pragma warning disable CS0162\n{statements}\n#pragma warning restore CS0162"));

    [Theory]
    [InlineData("string? text = Sent(); if (text is null) { P(text); } else { P(text); }", "S S")]
    [InlineData("string? text = null; if (text is null) { text = Own(); } else { text = Sent(); } P(text);", "O")]
    [InlineData("string? text = null; if (text != null) { P(Sent()); }", "!")]
    [InlineData("string? text = null; if (text is { } known) { P(Sent()); }", "!")]
    [InlineData("object? one = Sent(); if (one is string { Length: > 3 } text) { P(text); }", "S")]
    [InlineData("if (Sent() is var text && text.Length > 0) { P(text); }", "S")]
    [InlineData("if (items is [var first, ..]) { P(first); }", "P")]
    [InlineData("string? text = null; P(text?.Trim() ?? Own());", "O")]
    [InlineData("int? number = null; if (number.HasValue) { P(Sent()); }", "!")]
    [InlineData("int? number = null; if (number is not null || flag) { P(Sent()); }", "S")]
    public void Conditions(string statements, string origins) => Assert.Equal(origins, Origins.In(statements));
}
