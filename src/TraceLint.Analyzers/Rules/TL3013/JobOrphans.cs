using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>Judges the calls that create jobs of one library.</summary>
internal sealed class JobOrphans(BackgroundJobs jobs, CompilationContext context)
{
    private readonly OrphanStarts _orphans = new(context);
    private readonly CallingSpan _calling = new(LiveSpans.In(context)!, context);
    private readonly QueuedItem _item = new(context);
    private readonly JobHooks _hooks = new(jobs, context);

    /// <summary>The call that starts the span which loses its parent, in the job that a call creates.</summary>
    /// <returns>Null when there is none for certain.</returns>
    public SyntaxNode? Of(IInvocationOperation creation, CancellationToken cancellation)
        => jobs.CreatedBy(creation, context, cancellation) is { } job
            && !IsIn(creation.Syntax, job.Type, cancellation)
            && !job.Given.Any(MayBeContext)
            && StartIn(job, cancellation) is { } start
            && _calling.Exists(creation.Syntax, cancellation)
            && !StartsWorkers(creation.Syntax, cancellation)
            && !_hooks.MayCarry(cancellation)
                ? start
                : null;

    // A job that creates itself again: the spans of one trace would follow each other forever.
    private bool IsIn(SyntaxNode creation, INamedTypeSymbol job, CancellationToken cancellation)
        => EnclosingType(creation, cancellation) is { } type
            && (SymbolEqualityComparer.Default.Equals(type, job) || type.AllInterfaces.Contains(job, SymbolEqualityComparer.Default));

    private bool MayBeContext(IArgumentOperation argument)
        => argument.Parameter is not { } parameter
            || TraceVocabulary.MayHoldContextOfItem(parameter.Name)
            || _item.MayCarryContext(parameter.Type)
            || argument.Value.Syntax.DescendantNodesAndSelf().Any(static node
                => node is IdentifierNameSyntax name && TraceVocabulary.IsAboutTracing(name.Identifier.ValueText));

    // Where several types may run the job, each of them has to lose its parent.
    private SyntaxNode? StartIn(BackgroundJob job, CancellationToken cancellation)
    {
        SyntaxNode? first = null;
        foreach (var method in job.IsVirtual ? context.MethodsThatMayRun(job.Work, isVirtual: true) : [job.Work.OriginalDefinition])
        {
            if (method.DeclaringSyntaxReferences is not [var declaration]
                || !context.Compilation.ContainsSyntaxTree(declaration.SyntaxTree)
                || _orphans.InWork(declaration.GetSyntax(cancellation), cancellation) is not { } start
                || !MayRun(EnclosingType(start, cancellation), job.Type))
            {
                return null;
            }

            first ??= start;
        }

        return first;
    }

    // A base class runs the code of the job, and not that of another one derived from it.
    private static bool MayRun(INamedTypeSymbol? type, INamedTypeSymbol job)
        => type is null || Lineage(job).Contains(type.OriginalDefinition, SymbolEqualityComparer.Default)
            || !Lineage(type).Intersect(Lineage(job), SymbolEqualityComparer.Default).Any();

    private static IEnumerable<ISymbol> Lineage(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            yield return current.OriginalDefinition;
        }
    }

    // Workers that are started inside the span keep it as their current one.
    private bool StartsWorkers(SyntaxNode creation, CancellationToken cancellation)
        => EnclosingBody.Of(creation) is not { } body
            || body.DescendantNodes().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax
                && context.Of(node.SyntaxTree).GetOperation(node, cancellation) is { } operation
                && jobs.StartsWorkers(operation));

    private INamedTypeSymbol? EnclosingType(SyntaxNode node, CancellationToken cancellation)
        => node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            ? context.Of(type.SyntaxTree).GetDeclaredSymbol(type, cancellation) as INamedTypeSymbol
            : null;
}
