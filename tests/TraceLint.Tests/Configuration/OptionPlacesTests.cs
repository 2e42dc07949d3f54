using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Configuration;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Configuration;

/// <summary>Every option counts wherever it can be said: for all rules or for one, in a folder or a project, in a declaration file where that has a line for it.</summary>
public class OptionPlacesTests
{
    public static TheoryData<int, Place> Places
    {
        get
        {
            var places = new TheoryData<int, Place>();
            for (var number = 0; number < OptionCases.All.Length; number++)
            {
                foreach (var place in Enum.GetValues<Place>())
                {
                    if (place is not Place.Declaration || OptionCases.All[number].Declaration.Length > 0)
                    {
                        places.Add(number, place);
                    }
                }
            }

            return places;
        }
    }

    public enum Place
    {
        AllRules,
        OneRule,
        OneRuleInLowerCase,
        RuleBeforeAll,
        RuleNotUnderstood,
        OtherRule,
        AllRulesButThis,
        Folder,
        FolderForOneRule,
        OtherFolder,
        Declaration,
        NotUnderstood,
    }

    [Theory]
    [MemberData(nameof(Places))]
    public Task Option_Counts(int number, Place place)
    {
        var option = OptionCases.All[number];
        var (all, one, nonsense) = ($"{option.Option.Key} = ", $"{Option.Prefix}{option.Rule}.{option.Option.Name} = ", "?*!");
        return place switch
        {
            Place.AllRules => Counts(In(all + option.Value)),
            Place.OneRule => Counts(In(one + option.Value)),
            Place.OneRuleInLowerCase => Counts(In((one + option.Value).Replace(option.Rule, option.Rule.ToLowerInvariant(), StringComparison.Ordinal))),
            Place.RuleBeforeAll => Counts(In($"{all}{option.Neutral}\n{one}{option.Value}")),
            Place.RuleNotUnderstood => Counts(In($"{all}{option.Value}\n{one}{nonsense}")),
            Place.OtherRule => CountsNot(In($"{Option.Prefix}TL5001.{option.Option.Name} = {option.Value}")),
            Place.AllRulesButThis => CountsNot(In($"{all}{option.Value}\n{one}{option.Neutral}")),
            Place.Folder => Counts(InFolder($"[/0/*.cs]\n{all}{option.Value}")),
            Place.FolderForOneRule => Counts(InFolder($"[*.cs]\n{all}{option.Neutral}\n[/0/*.cs]\n{one}{option.Value}")),
            Place.OtherFolder => CountsNot(InFolder($"[/Legacy/**.cs]\n{all}{option.Value}") with { MoreFiles = [("/Legacy/Other.cs", "internal class Other;")] }),
            Place.Declaration => Counts(option.Setup with { Declarations = option.Declaration }),
            Place.NotUnderstood => CountsNot(In(all + nonsense)),
            _ => throw new ArgumentOutOfRangeException(nameof(place)),
        };

        Task Counts(Setup setup) => option.Verify(setup, true);

        Task CountsNot(Setup setup) => option.Verify(setup, false);

        Setup In(string config) => option.Setup with { Config = config };

        Setup InFolder(string sections) => option.Setup with { EditorConfig = sections };
    }

    [Fact]
    public void EveryOption_IsTried()
        => Assert.Empty(KnownOptions.All.Except(OptionCases.All.Select(static one => one.Option)).Select(static option => option.Name));

    [Theory]
    [InlineData("tracelint.tracing = never", "TL1001")]
    [InlineData("tracelint.TL1001.instrumented_transports = kafka", "")]
    [InlineData("tracelint.TL1002.instrumented_transports = kafka", "TL1001")]
    [InlineData("tracelint.fix_dialect = french", "TL1001 TL9001")]
    public async Task HostThatDoesNotListKeys_IsAskedForThem(string config, string reported)
    {
        var compilation = Analysis.Compile([CSharpSyntaxTree.ParseText(KafkaCode.Method("""producer.Produce("orders", new Message<string, string> { Value = order.Id });"""))], References.Newest);

        Assert.Equal(reported, string.Join(' ', (await Analysis.RunAsync(compilation, UserSettings.Unlisted(config))).Select(static diagnostic => diagnostic.Id).Order()));
    }
}
