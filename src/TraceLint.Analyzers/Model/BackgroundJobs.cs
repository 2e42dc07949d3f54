using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>A job that a call creates, to be run once and later.</summary>
/// <param name="Work">The method that the job runs.</param>
/// <param name="IsVirtual">Whether another method may run in its place.</param>
/// <param name="Type">The type that has the method, or that runs one which it inherits.</param>
/// <param name="Given">What the method is given, other than what the library fills in.</param>
internal sealed record BackgroundJob(IMethodSymbol Work, bool IsVirtual, INamedTypeSymbol Type, ImmutableArray<IArgumentOperation> Given);

/// <summary>A library for background jobs, which run in a context of their own. Only facts; the rule decides what is a problem.</summary>
internal abstract class BackgroundJobs
{
    /// <summary>The name of the library in settings: one of <see cref="Configuration.KnownOptions.Transports"/>.</summary>
    public abstract string Name { get; }

    /// <summary>The names of the methods that create jobs: a cheap check before the semantic one.</summary>
    public abstract IReadOnlyCollection<string> CreatingNames { get; }

    /// <summary>What to do about a job without context, as a part of a message.</summary>
    public abstract string Advice { get; }

    /// <summary>The names of the assemblies that carry the context, or start a span for each job.</summary>
    public abstract string[] AddOns { get; }

    /// <summary>The types whose implementations the library calls around each job, or on which jobs are created.</summary>
    public abstract IEnumerable<INamedTypeSymbol> Hooks { get; }

    /// <summary>Whether code other than an implementation of the hooks in the project is, or may be, called around each job.</summary>
    public abstract bool HasOtherHooks(CompilationContext context, CancellationToken cancellation);

    /// <summary>Whether an operation starts what runs the jobs, in the context that is current there.</summary>
    public abstract bool StartsWorkers(IOperation operation);

    /// <summary>The job that a call creates.</summary>
    /// <returns>Null when it creates none, the job recurs, or what is stored with it is not visible or may be a context.</returns>
    public abstract BackgroundJob? CreatedBy(IInvocationOperation call, CompilationContext context, CancellationToken cancellation);

    /// <summary>The libraries that a compilation references.</summary>
    public static IEnumerable<BackgroundJobs> AllIn(Compilation compilation)
        => new BackgroundJobs?[] { Hangfire.In(compilation), Quartz.In(compilation) }.OfType<BackgroundJobs>();
}
