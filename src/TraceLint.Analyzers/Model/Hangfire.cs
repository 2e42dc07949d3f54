using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// Hangfire: <c>BackgroundJob.Enqueue</c>, <c>Schedule</c> and <c>ContinueJobWith</c>, and the extensions of <c>IBackgroundJobClient</c>
/// with these names, store a call that is written as an expression. A server runs it later. Hangfire carries no context; a job filter
/// can, as OpenTelemetry.Instrumentation.Hangfire does.
/// </summary>
internal sealed class Hangfire : BackgroundJobs
{
    private static readonly string[] s_addsFilters = ["Add", "UseFilter"];

    private readonly INamedTypeSymbol _jobs;
    private readonly INamedTypeSymbol _client;
    private readonly Compilation _compilation;

    private Hangfire(INamedTypeSymbol jobs, INamedTypeSymbol client, Compilation compilation)
        => (_jobs, _client, _compilation) = (jobs, client, compilation);

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Jobs = "Hangfire.BackgroundJob";
        public const string Client = "Hangfire.IBackgroundJobClient";
        public const string ClientExtensions = "Hangfire.BackgroundJobClientExtensions";
        public const string Server = "Hangfire.BackgroundJobServer";
        public const string ClientFilter = "Hangfire.Client.IClientFilter";
        public const string ServerFilter = "Hangfire.Server.IServerFilter";
        public const string Activator = "Hangfire.JobActivator";
        public const string Filter = "Hangfire.Common.JobFilterAttribute";
    }

    public override string Name => "hangfire";

    public override IReadOnlyCollection<string> CreatingNames { get; } = ["ContinueJobWith", "Enqueue", "Schedule"];

    public override string Advice => "carry it in a job filter";

    public override string[] AddOns { get; } = ["OpenTelemetry.Instrumentation.Hangfire", "Hangfire.OpenTelemetry"];

    public override IEnumerable<INamedTypeSymbol> Hooks
        => new[] { Names.ClientFilter, Names.ServerFilter, Names.Activator, Names.Client }
            .Select(name => _compilation.TypeNamed(name))
            .OfType<INamedTypeSymbol>();

    /// <summary>Hangfire in a compilation; null when it is not referenced.</summary>
    public static Hangfire? In(Compilation compilation)
        => compilation.TypeNamed(Names.Jobs) is { } jobs && compilation.TypeNamed(Names.Client) is { } client
            ? new Hangfire(jobs, client, compilation)
            : null;

    // Filters of other libraries: in a list of filters, or as attributes.
    public override bool HasOtherHooks(CompilationContext context, CancellationToken cancellation)
        => s_addsFilters.Any(name => CallIndex.CallsOf(name, context, cancellation).Any(call
            => IsOfLibrary(call.TargetMethod) && call.Arguments.Any(argument
                => argument.Value.Unconverted().Type is { } filter && IsOther(filter, context))))
            || (_compilation.TypeNamed(Names.Filter) is { } attribute && FiltersOn(attribute, context, cancellation).Any());

    public override bool StartsWorkers(IOperation operation)
        => operation is IObjectCreationOperation { Type: { } type }
            && SymbolEqualityComparer.Default.Equals(type, _compilation.TypeNamed(Names.Server));

    public override BackgroundJob? CreatedBy(IInvocationOperation call, CompilationContext context, CancellationToken cancellation)
        => IsCreation(call.TargetMethod)
            && call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "methodCall") is { Syntax: ArgumentSyntax syntax }
            && syntax.Expression is LambdaExpressionSyntax { ExpressionBody: InvocationExpressionSyntax written }
            && context.Of(written.SyntaxTree).GetOperation(written, cancellation) is IInvocationOperation work
                ? new BackgroundJob(
                    work.TargetMethod,
                    work.IsVirtual,
                    work.TargetMethod.ContainingType,
                    work.Arguments.Where(argument => argument.Parameter is not { Type: { } type } || !IsFilledIn(type)).ToImmutableArray())
                : null;

    private bool IsCreation(IMethodSymbol method)
        => SymbolEqualityComparer.Default.Equals(method.ContainingType, _jobs)
            || SymbolEqualityComparer.Default.Equals(method.ContainingType, _compilation.TypeNamed(Names.ClientExtensions));

    // A PerformContext, an IJobCancellationToken.
    private bool IsFilledIn(ITypeSymbol type) => IsOfLibrary(type) || type.Name == "CancellationToken";

    private bool IsOfLibrary(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _client.ContainingAssembly);

    private bool IsOther(ITypeSymbol type, CompilationContext context)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } && !context.Has(type) && !IsOfLibrary(type);

    private IEnumerable<AttributeData> FiltersOn(INamedTypeSymbol filter, CompilationContext context, CancellationToken cancellation)
        => CreatingNames
            .SelectMany(name => CallIndex.CallsOf(name, context, cancellation))
            .Select(call => CreatedBy(call, context, cancellation)?.Work)
            .OfType<IMethodSymbol>()
            .SelectMany(static work => work.GetAttributes().Concat(work.ContainingType.GetAttributes()))
            .Where(attribute => attribute.AttributeClass is { } type && IsOther(type, context) && DerivesFrom(type, filter));

    private static bool DerivesFrom(INamedTypeSymbol type, INamedTypeSymbol known)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, known))
            {
                return true;
            }
        }

        return false;
    }
}
