using System.Reflection;
using Microsoft.CodeAnalysis;
using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Catalog;

/// <summary>Every metadata name that the rules know is a type of the real libraries, the oldest and the newest that can be had.</summary>
public class MetadataNameTests
{
    private static readonly Compilation s_newest = Analysis.Compile([], References.Newest);
    private static readonly Compilation s_oldest = Analysis.Compile([], References.Oldest);
    private static readonly Compilation s_stubs = Analysis.Compile([], References.Stubs);

    public static TheoryData<string> Names => In("Names");

    public static TheoryData<string> StubbedNames => In("StubbedNames");

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_ExistsInTheNewestLibrary(string name) => Assert.NotNull(s_newest.GetTypeByMetadataName(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_ExistsInTheOldestLibrary(string name) => Assert.NotNull(s_oldest.GetTypeByMetadataName(name));

    [Theory]
    [MemberData(nameof(StubbedNames))]
    public void StubbedName_ExistsInTheStub(string name) => Assert.NotNull(s_stubs.GetTypeByMetadataName(name));

    [Theory]
    [MemberData(nameof(StubbedNames))]
    public void StubbedName_IsOfNoLibraryThatIsReal(string name)
    {
        Assert.Null(s_newest.GetTypeByMetadataName(name));
        Assert.Null(s_oldest.GetTypeByMetadataName(name));
    }

    private static TheoryData<string> In(string names) =>
    [
        .. typeof(Rule).Assembly.GetTypes()
            .Where(type => type.Name == names)
            .SelectMany(static type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(static constant => (string)constant.GetRawConstantValue()!)
            .Distinct(),
    ];

    // A name given anywhere else than in a class called Names would escape the tests above.
    [Fact]
    public void Names_AreGivenNowhereElse()
    {
        var givenInPlace = Repo.Sources("src")
            .SelectMany(File.ReadLines)
            .Where(static line => line.Contains("GetTypeByMetadataName(\"", StringComparison.Ordinal) || line.Contains("GetTypesByMetadataName(\"", StringComparison.Ordinal));
        Assert.Empty(givenInPlace);
    }
}
