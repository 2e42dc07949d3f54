using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Flow;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Flow;

/// <summary>A type by its name is the one that the compilation would find.</summary>
public class KnownTypesTests
{
    [Theory]
    [InlineData("System.Diagnostics.Activity")]
    [InlineData("System.Threading.Channels.ChannelWriter`1")]
    [InlineData("System.Collections.Generic.Dictionary`2")]
    [InlineData("Confluent.Kafka.Message`2")]
    [InlineData("System.Environment+SpecialFolder")]
    [InlineData("Own")]
    [InlineData("Own`1")]
    [InlineData("Mine.Own")]
    [InlineData("System.Diagnostics.ActivitySource")]
    [InlineData("System.Nothing")]
    [InlineData("Nobody.Has.This")]
    [InlineData("Own`2")]
    public void Type_IsThatOfTheCompilation(string name)
    {
        var compilation = Compile("public class Own; public class Own<T>; namespace Mine { public class Own; } namespace System.Diagnostics { public class ActivitySource; }");

        Assert.Equal(compilation.GetTypeByMetadataName(name), compilation.TypeNamed(name), SymbolEqualityComparer.Default);
    }

    [Fact]
    public void TypeThatTwoLibrariesHave_IsNone()
    {
        var compilation = Compile("", References.Stub("One", "namespace Acme { public class Twice { } }"), References.Stub("Other", "namespace Acme { public class Twice { } }"));

        Assert.Null(compilation.TypeNamed("Acme.Twice"));
    }

    private static CSharpCompilation Compile(string code, params MetadataReference[] more) => Analysis.Compile([CSharpSyntaxTree.ParseText(code)], References.Newest.AddRange(more));
}
