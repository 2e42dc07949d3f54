using TraceLint.Tasks;

namespace TraceLint.Tests.Tasks;

/// <summary>How the section of a project is written into a baseline.</summary>
public class BaselineTextTests
{
    private const string Send = "TL1001 M:Shop.Publisher.Send(System.String)";

    [Fact]
    public void NewFile_SaysWhatItIs()
    {
        var text = BaselineText.WithSection("", "Shop", [Send]);

        Assert.StartsWith("# Known findings of TraceLint", text, StringComparison.Ordinal);
        Assert.EndsWith($"\n\n[Shop]\n{Send} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_OfOneMemberAndRule_AreCounted()
        => Assert.Equal($"#\n\n[Shop]\n{Send} 2\nTL1002 M:Shop.Publisher.Send(System.String) 1\n", BaselineText.WithSection("#", "Shop", [Send, "TL1002 M:Shop.Publisher.Send(System.String)", Send]));

    [Fact]
    public void Entries_AreInTheOrderOfMembers()
        => Assert.Equal(
            "#\n\n[Shop]\nTL2001 M:A 1\nTL1001 M:B 1\nTL1002 M:B 1\n", BaselineText.WithSection("#", "Shop", ["TL1002 M:B", "TL1001 M:B", "TL2001 M:A"]));

    [Fact]
    public void OtherSections_StayAsTheyAre()
        => Assert.Equal(
            $"# Ours\n\n[Api]\n# Known since May\nTL1001 M:Api.Send 3\n\n[Shop]\n{Send} 1\n\n[Worker]\nnonsense\n",
            BaselineText.WithSection("# Ours\n\n[Worker]\nnonsense\n\n\n[Api]\n# Known since May\nTL1001 M:Api.Send 3\n[Shop]\nTL1001 M:Gone 1\n", "Shop", [Send]));

    [Fact]
    public void Section_WithoutFindings_GoesAway()
        => Assert.Equal("#\n\n[Api]\nTL1001 M:Api.Send 3\n", BaselineText.WithSection("#\n\n[Api]\nTL1001 M:Api.Send 3\n\n[Shop]\nTL1001 M:Gone 1\n", "Shop", []));

    [Fact]
    public void LineEndings_AreKept()
        => Assert.Equal($"#\r\n\r\n[Shop]\r\n{Send} 1\r\n", BaselineText.WithSection("#\r\n\r\n[Shop]\r\nTL1001 M:Gone 1\r\n", "Shop", [Send]));

    [Fact]
    public void WritingItAgain_ChangesNothing()
    {
        var once = BaselineText.WithSection("", "Shop", [Send, Send]);

        Assert.Equal(once, BaselineText.WithSection(once, "Shop", [Send, Send]));
    }
}
