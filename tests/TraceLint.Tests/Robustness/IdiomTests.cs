using System.Text.RegularExpressions;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness;

/// <summary>
/// One idiom, all rules: what is answered in the members behind each label of Cases/idioms. A row that is wrong today says what is answered
/// instead, and fails when that changes: when it has turned right, the mark goes.
/// </summary>
public class IdiomTests
{
    private static readonly Lazy<Task<IReadOnlyList<(string Member, string Id)>>> s_answers
        = new(static () => CaseRow.AnswersAsync(CaseProjects.Idioms()));

    private static readonly CaseRow[] s_rows =
    [
        // The span that is live: a process or endless work is started in it.
        new("A1", "A_LiveSpan.Using1", "TL3011"),
        new("A2", "A_LiveSpan.Finally1", "TL3011"),
        new("A3", "A_LiveSpan.Alias1", "TL3011"),
        new("A4", "A_LiveSpan.Alias2", "TL3011"),
        new("A5", "A_LiveSpan.Stop1", "TL3009 TL3011"),
        new("A6", "A_LiveSpan.Using2", "TL3002"),
        new("A7", "A_LiveSpan.Finally2", "TL3002"),
        new("A8", "A_LiveSpan.Helper0", "TL3011"),

        // The reader of a queue: what it does with the item.
        new("B1", "B1.Put", "TL3007"),
        new("B2", "B2.Put", "TL3007"),
        new("B3", "B3.Put", "TL3007"),
        new("B4", "B4.Loop", "TL2001"),
        new("B5", "B4.Loop2", "TL2001"),

        // The order of assignments: C1 is the program's own id.
        new("C1", "C.Own", ""),
        new("C2", "C.Remote", "TL2006"),
        new("C3", "C.Kafka", "TL1001"),
        new("C4", "C.Helper4 C.Get", "TL2006"),
        new("C5", "C.Tuple C.Get2", "TL2006"),

        // What is made in branches and in methods.
        new("D1", "D.Send", "TL1002"),
        new("D2", "D.Receive", "TL2002 TL2004") { Known = "TL2002" },
        new("D3", "D.SendT", "TL1002"),
        new("D4", "D.ReceiveT", "TL2002 TL2004") { Known = "TL2002" },
        new("D5", "D.Receive0", "TL2002 TL2004"),
        new("D6", "D.SendF D.MakeS", "TL1002"),
        new("D7", "D.ReceiveF D.MakeR", "TL2002 TL2004"),
        new("D8", "D.Start0", "TL3011"),
        new("D9", "D.StartF D.MakeP", "TL3011"),
        new("D10", "D.StartI", "TL3011"),
        new("D11", "D.StartL", "TL3011"),
        new("D5, the handler", "D.Handle", "TL2002"),

        // A method of the project that starts the span.
        new("E1", "E.K", "TL2001"),
        new("E2", "E.Name0", "TL5001"),
        new("E3", "E.Name1", "TL5001"),
        new("E4", "E.Leak0", "TL3009"),
        new("E5", "E.Leak1", "TL3009"),
        new("E6", "E.P0", "TL2006"),
        new("E7", "E.P1 E.BeginFrom", "TL2006"),
        new("E8", "E.Late0", "TL2008"),
        new("E9", "E.Late1", "TL2008"),
        new("E10", "E.Y0", "TL3006"),
        new("E11", "E.Y1", "TL3006"),
        new("E12", "E.W0", "TL3003"),
        new("E13", "E.W1", "TL3003"),

        // Names that only seem to be about tracing, and null checks. F9 is the program's own id.
        new("F1", "F1.Put", "TL3007"),
        new("F2", "F2.Put", "TL3007"),
        new("F3", "F3.Put", "TL3007"),
        new("F4", "F4.Put", "TL1001"),
        new("F5", "F4.Guard", "TL1004 TL3009"),
        new("F6", "F4.Guard2", "TL1004"),
        new("F7", "F4.NullA", "TL1001"),
        new("F8", "F4.NullB", "TL1001"),
        new("F9", "F9.Retry", ""),

        // One defect, one report, however it is written.
        new("G1", "G.One", "TL1004"),
        new("G2", "G.Two", "TL1004"),
        new("G3", "G.Three", "TL3003"),
        new("G3 with using", "G.ThreeU", "TL3003"),
        new("G4", "G.Four", "TL2008"),
        new("G5", "G.FiveF", "TL4004"),
        new("G5 with using", "G.FiveU", "TL4004"),

        // A condition that has nothing to do with tracing.
        new("H1", "H.H1", "TL1001"),
        new("H2", "H.H2", "TL1001"),
        new("H3", "H.H3", "TL1001"),
        new("H4", "H.H4", "TL1001"),
        new("H5", "H.H5", "TL1001") { Known = "" },

        // The loop of a consumer.
        new("I1", "I.A", "TL2001"),
        new("I2", "I.B", "TL2001"),
        new("I3", "I.C", "TL2001"),
        new("I4", "I.D", "TL2001"),
        new("I5", "I.E", "TL2001"),
    ];

    public static TheoryData<string> Labels => [.. s_rows.Select(static row => row.Label)];

    [Theory]
    [MemberData(nameof(Labels))]
    public async Task Row_IsAnsweredAsItSays(string label) => s_rows.Single(row => row.Label == label).Check(await s_answers.Value);

    [Fact]
    public async Task EveryAnswer_IsOfARow()
    {
        var members = (await s_answers.Value).Select(static answer => answer.Member);
        Assert.Empty(members.Except(s_rows.SelectMany(static row => row.MemberNames)));
    }

    [Fact]
    public void EveryLabel_HasARow()
    {
        var idioms = CaseProjects.Idioms();
        var labels = idioms.SyntaxTrees.SelectMany(static tree => tree.GetRoot().DescendantTrivia())
            .Select(static trivia => Regex.Match(trivia.ToString(), @"^// (?<label>[A-I]\d+)\b")).Where(static match => match.Success)
            .Select(static match => match.Groups["label"].Value).ToList();
        Assert.True(labels.Count >= 60);
        Assert.Empty(labels.Except(s_rows.Select(static row => row.Label)));
        Assert.Empty(s_rows.SelectMany(static row => row.MemberNames).Except(CaseRow.NamesIn(idioms)));
    }
}
