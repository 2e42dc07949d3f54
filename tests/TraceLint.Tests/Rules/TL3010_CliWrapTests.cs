using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

/// <summary>What <see cref="TL3010_ChildProcessWithoutContext"/> says about commands of CliWrap.</summary>
public class TL3010_CliWrapTests
{
    private const string Usings = "using CliWrap;\nusing CliWrap.Buffered;\nusing OpenTelemetry;\nusing OpenTelemetry.Context.Propagation;\n";

    private static Task Verify(string statements) => Verify<TL3010_ChildProcessWithoutContext>.Rule(Async(statements, usings: Usings), Setup.CliWrap);

    [Fact]
    public Task Command_IsReported() => Verify("""
        await Cli.Wrap("dotnet").WithArguments("worker.dll").[|ExecuteAsync|]();
        var result = await Cli.Wrap("dotnet")
            .WithArguments(["exec", "worker.dll", order])
            .WithWorkingDirectory("/tmp")
            .WithValidation(CommandResultValidation.None)
            .[|ExecuteBufferedAsync|]();
        await Cli.Wrap("dotnet").WithArguments(arguments => arguments.Add("run").Add("--project").Add(order)).[|ExecuteAsync|]();
        await Cli.Wrap("git").WithTargetFile("dotnet").WithArguments("worker.dll").[|ExecuteAsync|]();
        await new Command(Environment.ProcessPath!).WithArguments("worker").[|ExecuteAsync|]();
        """);

    [Fact]
    public Task CommandInALocal_IsReported() => Verify("""
        var command = Cli.Wrap("dotnet").WithArguments("worker.dll").WithEnvironmentVariables(new Dictionary<string, string?> { ["ORDER"] = order });
        var named = command.WithWorkingDirectory("/tmp").WithEnvironmentVariables(variables => variables.Set("NAME", "x").Set("ORDER", order));
        await named.[|ExecuteAsync|](CancellationToken.None);
        """);

    [Fact]
    public Task CommandWithTheContext_IsSilent() => Verify("""
        await Cli.Wrap("dotnet").WithArguments("worker.dll").WithEnvironmentVariables(variables => variables.Set("TRACEPARENT", Activity.Current?.Id)).ExecuteAsync();
        await Cli.Wrap("dotnet").WithArguments("worker.dll").WithEnvironmentVariables(new Dictionary<string, string?> { ["TRACEPARENT"] = Activity.Current?.Id }).ExecuteAsync();
        var environment = new Dictionary<string, string?>();
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), environment, static (variables, key, value) => variables[key.ToUpperInvariant()] = value);
        await Cli.Wrap("dotnet").WithArguments("worker.dll").WithEnvironmentVariables(environment).ExecuteAsync();
        await Cli.Wrap("dotnet").WithArguments("worker.dll").WithEnvironmentVariables(variables => variables.Set(environment)).ExecuteAsync();
        await Cli.Wrap("dotnet").WithArguments("worker.dll").WithEnvironmentVariables(variables => variables.Set(order, "x")).ExecuteAsync();
        """);

    [Fact]
    public Task ToolsAndUnknownPrograms_AreSilent() => Verify("""
        await Cli.Wrap("git").WithArguments("status").ExecuteAsync();
        await Cli.Wrap("dotnet").WithArguments("build").ExecuteAsync();
        await Cli.Wrap("dotnet").WithArguments(arguments => arguments.Add("restore").Add(order)).ExecuteBufferedAsync();
        await Cli.Wrap("dotnet").WithArguments(["--version"]).ExecuteAsync();
        await Cli.Wrap("resizer").WithArguments(order).ExecuteAsync();
        await Cli.Wrap(order).ExecuteAsync();
        """);

    [Fact]
    public Task CommandThatIsNotVisible_IsSilent() => Verify<TL3010_ChildProcessWithoutContext>.Rule(Async("""
        await Worker().ExecuteAsync();
        await Traced(Cli.Wrap("dotnet").WithArguments("worker.dll")).ExecuteAsync();
        await (Cli.Wrap("git") | Cli.Wrap("dotnet").WithArguments("worker.dll")).ExecuteAsync();
        await Cli.Wrap("dotnet").WithArguments("worker.dll").ExecuteAsync(info => info.Environment["TRACEPARENT"] = Activity.Current?.Id, null, default, default);
        var command = Cli.Wrap("dotnet").WithArguments("worker.dll");
        command = Traced(command);
        await command.ExecuteAsync();
        """, """
        private static Command Worker() => Cli.Wrap("dotnet").WithArguments("worker.dll").WithEnvironmentVariables(variables => variables.Set("TRACEPARENT", Activity.Current?.Id));
        private static Command Traced(Command command) => command.WithEnvironmentVariables(variables => variables.Set("TRACEPARENT", Activity.Current?.Id));
        """, Usings), Setup.CliWrap);

    [Fact]
    public Task OtherProgramInsideASpan_IsTL3011() => Verify<TL3011_OtherChildProcessWithoutContext>.Rule(Async("""
        using var activity = source.StartActivity("resize");
        await Cli.Wrap("resizer").WithArguments(order).[|ExecuteAsync|]();
        await Cli.Wrap("git").WithArguments("status").ExecuteAsync();
        """, usings: Usings), Setup.CliWrap);

    [Fact]
    public Task Fix_SetsTheEnvironment() => Verify<TL3010_ChildProcessWithoutContext>.Fix<TL3010_InjectIntoEnvironment>(
        Async("""
            await Cli.Wrap("dotnet")
                .WithArguments("worker.dll")
                .[|ExecuteAsync|]();
            """, usings: Usings),
        Async("""
            var variables = new Dictionary<string, string?>();
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                variables,
                static (environment, key, value) => environment[key.ToUpperInvariant()] = value);
            await Cli.Wrap("dotnet")
                .WithArguments("worker.dll")
                .WithEnvironmentVariables(variables)
                .ExecuteAsync();
            """, usings: Usings),
        Setup.CliWrap);

    [Fact]
    public Task Fix_OfALocal() => Verify<TL3010_ChildProcessWithoutContext>.Fix<TL3010_InjectIntoEnvironment>(
        Async("""
            var worker = Cli.Wrap("dotnet").WithArguments("worker.dll");
            var result = await worker.[|ExecuteBufferedAsync|]();
            """, usings: Usings),
        Async("""
            var worker = Cli.Wrap("dotnet").WithArguments("worker.dll");
            var variables = new Dictionary<string, string?>();
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                variables,
                static (environment, key, value) => environment[key.ToUpperInvariant()] = value);
            var result = await worker.WithEnvironmentVariables(variables).ExecuteBufferedAsync();
            """, usings: Usings),
        Setup.CliWrap);

    [Fact]
    public Task CommandThatHasAnEnvironment_HasNoFix() => Verify<TL3010_ChildProcessWithoutContext>.NoFix<TL3010_InjectIntoEnvironment>(
        Async("""
            await Cli.Wrap("dotnet").WithArguments("worker.dll").WithEnvironmentVariables(variables => variables.Set("ORDER", order)).[|ExecuteAsync|]();
            """, usings: Usings),
        Setup.CliWrap);
}
