using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness;

/// <summary>
/// The kinds of mistakes that the rules once made on real code, in Cases/kinds, with what all rules together report: M is one line that
/// silences a rule in the whole project, F is a false positive, R is a miss. Harmful fixes (X) are tested where the fixes are.
/// </summary>
public class KindTests
{
    private static readonly Lazy<Task<IReadOnlyList<(string Member, string Id)>>> s_answers = new(AnswersAsync);

    private static readonly CaseRow[] s_rows =
    [
        new("M1 Kafka", "M1.Kafka", "TL1001"),
        new("M1 SQS", "M1.Sqs", "TL1002"),
        new("M1 RabbitMQ", "M1.Rabbit", "TL1003"),
        new("M1 payload with the context", "M1.Silent", ""),
        new("M2", "M2.Leak", "TL3009"),
        new("M3", "M3.Kafka", "TL1001"),
        new("M4", "M4.Kafka", "TL1001"),
        new("M5 local", "M5.Local", "TL1001"),
        new("M5 log", "M5.Log", "TL1001"),
        new("M5 problem details", "M5.Problem", "TL1001"),
        new("M5 audit row", "M5.Row", "TL1001"),
        new("M5 payload with the context", "M5.Silent", ""),
        new("M6 path", "M6.Path", "TL1001"),
        new("M6 name", "M6.Name", "TL1001"),
        new("M6 first caller of a wrapper", "M6.First M6.Send", "TL1001"),
        new("M6 second caller of a wrapper", "M6.Second", ""),
        new("M6 payload with the context", "M6.Silent", ""),
        new("F1", "F1.Local F1.Add F1.Flush F1.Do F1.Undo", ""),
        new("F3", "F3.Send F3.Answer", ""),
        new("F4", "F4.ExecuteAsync", ""),
        new("F5", "F5.Work", ""),
        new("F6", "F6.Text F6.List", "TL3011 TL3011"),
        new("F7", "F7.Send CloudEvents.Traced", ""),
        new("F8", "F8.Ping F8.Health", ""),
        new("F10", "F10.Send", "TL1001"),
        new("R2 own queue", "MailQueue.EnqueueAsync MailController.Send", "TL3007"),
        new("R2 own queue behind an interface", "PhotoQueue.AddAsync PhotoController.Post", "TL3007"),
        new("R2 TransformBlock", "PriceBlock.Post", "TL3007"),
        new("R2 TransformManyBlock", "ParcelBlock.Post", "TL3007"),
        new("R2 channel of object", "AnyQueue.Put", "TL3007"),
        new("R2 item with a delegate", "JobQueue.Put", "TL3007"),
        new("R2 queue of delegates", "WorkQueue.QueueAsync WorkController.Start", "TL3007"),
        new("R3 discard", "R3.Discard", "TL3004"),
        new("R3 async void", "R3.Void", "TL3004"),
        new("R3 ContinueWith", "R3.Continued", "TL3003"),
        new("R4 null", "R4.Null", "TL1006"),
        new("R4 empty setter", "R4.Setter", "TL1006"),
        new("R4 baggage alone", "R4.Baggage", "TL1006"),
        new("R5 field of a builder", "R5.Field Builder.Build", "TL1001") { Known = "" },
        new("R5 optional parameter", "R5.Optional R5.Send", "TL1001") { Known = "" },
        new("R5 Select", "R5.Select", "TL1001"),
        new("R5 tuple", "R5.Tuple", "TL1001"),
        new("R5 let", "R5.Let", "TL1001") { Known = "" },
        new("R5 extension block, publish", "Sending.SendAsync", "TL1001"),
        new("R5 extension block, message", "R5E.Stamped", "TL1001"),
        new("R5 extension block that injects", "R5E.Silent", ""),
        new("R6", "R6.Event", "TL1001"),
        new("R6 with the context", "R6.Silent", ""),
        new("R7 Any", "R7.Any", "TL1001"),
        new("R7 Select", "R7.Count", "TL1001"),
        new("R8 base class", "OrderConsumer.HandleAsync", "TL2001"),
        new("R8 value", "ValueConsumer.Handle", "TL2001"),
        new("R8 console", "Tutorial.Loop", "TL2001"),
        new("R8 SQS body", "SqsValue.HandleAsync", "TL2002"),
        new("R9 loop", "R9.Loop", "TL1005"),
        new("R9 retry", "R9.Retry", "TL1005"),
        new("R9 new headers in the loop", "R9.Silent", ""),
        new("R10", "R10.Send", "TL1002"),
        new("R11 Join", "R11.Join", "TL4001"),
        new("R11 holes", "R11.Hole", "TL4001"),
        new("R11 StringBuilder", "R11.Builder", "TL4001"),
        new("R12 ticks", "R12.Ticks", "TL5002"),
        new("R12 Unix time", "R12.Unix", "TL5002"),
        new("R12 own id", "R12.Own", "TL5002"),
        new("R14", "R14.Run R14.Start", "TL3011"),
        new("R15 helper", "R15.Helper", "TL3001"),
        new("R15 finally", "R15.Finally", "TL3001"),
        new("R16 list", "R16.List", "TL3002"),
        new("R16 output of a process", "ToolController.Start", "TL3002") { Known = "" },
        new("R17", "R17.Handle", "TL2008"),
        new("R18", "R18.Send", "TL4004") { Known = "" },
        new("R19", "R19.Handle", "TL2010") { Known = "TL2006 TL2010" },
        new("R20 link", "R20.Link", "TL2001") { Known = "" },
        new("R20 text", "R20.Text", "TL2001"),
        new("R20 context", "R20.Context", "TL2001") { Known = "" },
    ];

    public static TheoryData<string> Labels => [.. s_rows.Select(static row => row.Label)];

    [Theory]
    [MemberData(nameof(Labels))]
    public async Task Row_IsAnsweredAsItSays(string label)
    {
        var row = s_rows.Single(row => row.Label == label);
        if (IsUnderstood(row))
        {
            row.Check(await s_answers.Value);
        }
    }

    [Fact]
    public async Task EveryAnswer_IsOfARow()
    {
        var members = (await s_answers.Value).Select(static answer => answer.Member);
        Assert.Empty(members.Except(s_rows.SelectMany(static row => row.MemberNames)));
    }

    [Fact]
    public void EveryRow_IsAboutMembersThatExist()
    {
        var members = CaseProjects.Kinds.SelectMany(static file => CaseRow.NamesIn(CaseProjects.Kind(file)));
        Assert.Empty(s_rows.Where(IsUnderstood).SelectMany(static row => row.MemberNames).Except(members));
    }

    private static bool IsUnderstood(CaseRow row) => !Depth.IsOldestRoslyn || !row.Label.Contains("extension block", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<(string, string)>> AnswersAsync()
        => [.. (await Task.WhenAll(CaseProjects.Kinds.Select(static file => CaseRow.AnswersAsync(CaseProjects.Kind(file))))).SelectMany(static answers => answers)];
}
