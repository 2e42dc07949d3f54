using Microsoft.CodeAnalysis;
using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

/// <summary>How messages show the user's code.</summary>
public class MessageTextTests
{
    [Theory]
    [InlineData("order.Id", "order.Id")]
    [InlineData(" a\r\n    .b\t", "a .b")]
    [InlineData("a\0b", "a b")]
    [InlineData("", "")]
    public void Value_IsOnOneLine(string value, string shown) => Assert.Equal(shown, MessageText.Cut(value));

    [Fact]
    public void ValueOfSixtyCharacters_IsShownInFull() => Assert.Equal(new string('a', 60), MessageText.Cut(new string('a', 60)));

    [Fact]
    public void LongerValue_IsCutAtSixty() => Assert.Equal(new string('a', 57) + "...", MessageText.Cut(new string('a', 61)));

    [Fact]
    public void SurrogatePair_IsNotCutInTwo()
        => Assert.Equal(new string('a', 56) + "...", MessageText.Cut(new string('a', 56) + "\U0001F600" + new string('a', 10)));

    [Theory]
    [InlineData("Activity.Current", "Activity.Current")]
    [InlineData("activity", "'activity'")]
    public void Span_IsQuotedWhereItIsTheUsers(string expression, string shown) => Assert.Equal(shown, MessageText.Span(expression));

    [Fact]
    public async Task LongValue_IsCutInTheMessage()
    {
        const string Name = "identifierOfTheOrderThatTheCustomerPlacedInTheShopAroundTheCornerOrderId";
        var diagnostic = Assert.Single(await Analysis.RunAsync($$"""
            using System.Diagnostics;
            static class C
            {
                static readonly ActivitySource s_source = new("c");
                static void M(string {{Name}})
                {
                    using var activity = s_source.StartActivity($"place {{{Name}}}");
                }
            }
            """));
        Assert.Equal(
            $"Span name contains '{Name[..57]}...' (high cardinality); use a constant name and set it as an attribute",
            diagnostic.GetMessage(null));
    }

    [Fact]
    public void MethodOfTheProject_IsQuoted()
    {
        var compilation = Analysis.Compile(
            [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText("static class C { public static void Own() { } }")],
            References.KafkaAndOpenTelemetry);
        Assert.Equal("'Own'", MessageText.Called(Method(compilation.Assembly.GetTypeByMetadataName("C")!, "Own"), compilation));
        Assert.Equal("ToString", MessageText.Called(Method(compilation.GetSpecialType(SpecialType.System_Object), "ToString"), compilation));

        static IMethodSymbol Method(INamedTypeSymbol type, string name) => type.GetMembers(name).OfType<IMethodSymbol>().First();
    }
}
