namespace TraceLint.Proofs.Kit;

/// <summary>A hosted service: a flow that begins without a span, unlike that of the request a program otherwise runs in.</summary>
internal static class WorkerCode
{
    private const string Hosting = """

        namespace Microsoft.Extensions.Hosting
        {
            public abstract class BackgroundService
            {
                public System.Threading.Tasks.Task StartAsync(System.Threading.CancellationToken stopping) => ExecuteAsync(stopping);

                protected abstract System.Threading.Tasks.Task ExecuteAsync(System.Threading.CancellationToken stopping);
            }
        }
        """;

    /// <summary>A program that runs a hosted service, in a flow of its own, to its end.</summary>
    /// <param name="parameters">What it asks for: parts of a run, which the service has as parameters.</param>
    /// <param name="statements">What its ExecuteAsync does.</param>
    /// <param name="workerMembers">What else the service has.</param>
    /// <param name="members">What its surroundings have.</param>
    public static string Worker(string parameters, string statements, string workerMembers = "", string members = "", string usings = "")
    {
        var arguments = string.Join(", ", parameters.Split(", ").Where(static part => part.Contains(' ', StringComparison.Ordinal)).Select(static part => part[(part.LastIndexOf(' ') + 1)..]));
        var worker = $$"""
            private sealed class Worker({{parameters}}) : Microsoft.Extensions.Hosting.BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken stopping)
                {
                    await Task.Yield();
            {{ServiceCode.Indent(statements, 2)}}
                }
            {{(workerMembers.Length > 0 ? "\n" + ServiceCode.Indent(workerMembers, 1) + "\n" : "")}}}
            """;
        return ServiceCode.Method(
            parameters,
            $$"""
            Task running;
            using (ExecutionContext.SuppressFlow())
            {
                running = Task.Run(() => new Worker({{arguments}}).StartAsync(CancellationToken.None));
            }

            await running;
            """,
            members.Length > 0 ? worker + "\n\n" + members : worker,
            usings) + Hosting.ReplaceLineEndings("\n") + "\n";
    }
}
