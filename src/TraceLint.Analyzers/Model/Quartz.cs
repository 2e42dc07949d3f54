using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// Quartz.NET 3 and 4: <c>IScheduler.ScheduleJob</c> stores a job and its trigger, <c>TriggerJob</c> runs a stored job. Both come with a
/// <c>JobDataMap</c>, which could carry the context; Quartz itself carries none. A trigger with a schedule fires again and again, and no
/// parent is meant for that.
/// </summary>
internal sealed class Quartz : BackgroundJobs
{
    private readonly INamedTypeSymbol _scheduler;
    private readonly INamedTypeSymbol _job;
    private readonly Compilation _compilation;

    private Quartz(INamedTypeSymbol scheduler, INamedTypeSymbol job, Compilation compilation)
        => (_scheduler, _job, _compilation) = (scheduler, job, compilation);

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Scheduler = "Quartz.IScheduler";
        public const string Job = "Quartz.IJob";
        public const string JobListener = "Quartz.IJobListener";
        public const string TriggerListener = "Quartz.ITriggerListener";
    }

    public override string Name => "quartz";

    public override IReadOnlyCollection<string> CreatingNames { get; } = ["ScheduleJob", "TriggerJob"];

    public override string Advice => "store the context in the JobDataMap";

    public override string[] AddOns { get; } = ["OpenTelemetry.Instrumentation.Quartz", "Quartz.OpenTelemetry.Instrumentation"];

    public override IEnumerable<INamedTypeSymbol> Hooks
        => new[] { Names.JobListener, Names.TriggerListener, Names.Scheduler, Names.Job }
            .Select(name => _compilation.TypeNamed(name))
            .OfType<INamedTypeSymbol>();

    /// <summary>Quartz.NET in a compilation; null when it is not referenced.</summary>
    public static Quartz? In(Compilation compilation)
        => compilation.TypeNamed(Names.Scheduler) is { } scheduler && compilation.TypeNamed(Names.Job) is { } job
            ? new Quartz(scheduler, job, compilation)
            : null;

    // Version 4 starts a span for each job if its source is listened to.
    public override bool HasOtherHooks(CompilationContext context, CancellationToken cancellation)
        => CallIndex.CallsOf("AddSource", context, cancellation)
            .Any(static call => call.Syntax.DescendantNodes().Any(static node => node is LiteralExpressionSyntax { Token.Value: "Quartz" }));

    public override bool StartsWorkers(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "Start" or "StartDelayed", ContainingType: var type } }
            => SymbolEqualityComparer.Default.Equals(type, _scheduler),
        IObjectCreationOperation { Type: { Name: "StdSchedulerFactory" } type } => IsOfLibrary(type),
        IInvocationOperation { TargetMethod: { Name: "BuildScheduler" or "GetDefaultScheduler" } method } => IsOfLibrary(method),
        _ => false,
    };

    public override BackgroundJob? CreatedBy(IInvocationOperation call, CompilationContext context, CancellationToken cancellation)
    {
        if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, _scheduler))
        {
            return null;
        }

        var type = call.Arguments switch
        {
            [{ Parameter.Name: "jobDetail", Value: var job }, { Parameter.Name: "trigger", Value: var trigger }, ..]
                when FiresOnce(trigger, context, cancellation) => TypeOfDetail(job, context, cancellation),
            [{ Parameter.Type.Name: "JobKey", Value: var key }, ..] => TypeOfKey(key, context, cancellation),
            _ => null,
        };
        return type is not null && context.Has(type) && ExecuteOf(type) is { } work
            && !new QuartzData(_scheduler.ContainingAssembly, context).MayCarry(call, cancellation)
                ? new BackgroundJob(work, IsVirtual: false, type, ImmutableArray<IArgumentOperation>.Empty)
                : null;
    }

    private IMethodSymbol? ExecuteOf(INamedTypeSymbol type)
        => _job.GetMembers("Execute") is [var execute] ? type.FindImplementationForInterfaceMember(execute) as IMethodSymbol : null;

    // TriggerBuilder.Create().StartNow().Build(), without a schedule.
    private bool FiresOnce(IOperation trigger, CompilationContext context, CancellationToken cancellation)
        => Chain(OnlyValue.Of(trigger, context, cancellation)) is { Count: > 1 } calls
            && calls[calls.Count - 1].TargetMethod is { Name: "Create", ContainingType.Name: "TriggerBuilder" } create && IsOfLibrary(create)
            && calls.TrueForAll(static call => !call.TargetMethod.Name.EndsWith("Schedule", StringComparison.Ordinal));

    // JobBuilder.Create<T>(), JobBuilder.Create(typeof(T)).
    private INamedTypeSymbol? TypeOfDetail(IOperation job, CompilationContext context, CancellationToken cancellation)
    {
        var calls = Chain(OnlyValue.Of(job, context, cancellation));
        return calls.Find(static call => call.TargetMethod is { Name: "Create" or "OfType", ContainingType.Name: "JobBuilder" }) is { } create
            && IsOfLibrary(create.TargetMethod)
                ? create.TargetMethod.TypeArguments is [INamedTypeSymbol named] ? named : TypeIn(create.Arguments.FirstOrDefault()?.Value)
                : null;
    }

    // SendMail.Key, a member of the job; new JobKey(nameof(SendMail)).
    private INamedTypeSymbol? TypeOfKey(IOperation key, CompilationContext context, CancellationToken cancellation)
    {
        if (key.Unconverted() is IMemberReferenceOperation { Member: { IsStatic: true, ContainingType: { } owner } } && ExecuteOf(owner) is not null)
        {
            return owner;
        }

        return OnlyValue.Of(key, context, cancellation) switch
        {
            IObjectCreationOperation { Arguments: [var name, ..] } => TypeIn(name.Value),
            IInvocationOperation { TargetMethod: { Name: "Create", ContainingType.Name: "JobKey" }, Arguments: [var name, ..] } => TypeIn(name.Value),
            _ => null,
        };
    }

    // nameof(T), typeof(T), typeof(T).Name.
    private static INamedTypeSymbol? TypeIn(IOperation? value) => value?.Unconverted() switch
    {
        INameOfOperation { Argument: var named } => named.SemanticModel?.GetSymbolInfo(named.Syntax).Symbol as INamedTypeSymbol,
        ITypeOfOperation { TypeOperand: INamedTypeSymbol type } => type,
        IPropertyReferenceOperation { Property.Name: "Name" or "FullName", Instance: ITypeOfOperation { TypeOperand: INamedTypeSymbol type } } => type,
        _ => null,
    };

    // The calls of a builder, the last one first.
    private static List<IInvocationOperation> Chain(IOperation? built)
    {
        var calls = new List<IInvocationOperation>();
        while (built?.Unconverted() is IInvocationOperation call)
        {
            calls.Add(call);
            built = call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault()?.Value : null);
        }

        return calls;
    }

    private bool IsOfLibrary(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _scheduler.ContainingAssembly);
}
