namespace TraceLint.Proofs.Kit;

public class ShapeTests
{
    [Theory]
    [InlineData("root(b, a)", "root(a, b)")]
    [InlineData("root(a(>b))|c", "root(a(b)) | c")]
    [InlineData("x + root{y, x}", "root{x, y} + x")]
    public void Text_IsTheSameForTheSameShape(string text, string canonical)
        => Assert.Equal(canonical, Shape.Parse(text).ToString());

    [Theory]
    [InlineData("root(publish(>orders))", "root(orders)")]
    [InlineData("root(publish) | orders(price)", "root | orders(price)")]
    [InlineData("root(a(>b(c, >d)))", "root(b(d))")]
    [InlineData("root(a) | b{link to a}", "root | b{link to root}")]
    public void UnsampledRoot_LeavesWhatTakesItsParentFromElsewhere(string sampled, string unsampled)
        => Assert.Equal(unsampled, Shape.Parse(sampled).WhenUnsampled().ToString());

    [Fact]
    public void Nonsense_IsRefused() => Assert.Throws<FormatException>(static () => Shape.Parse("root(a"));
}
