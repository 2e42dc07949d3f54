using Microsoft.CodeAnalysis;
using TraceLint.Engine;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>A context of another process that becomes the parent of a span.</summary>
/// <param name="Source">The operation that shows that it comes from another process.</param>
/// <param name="Start">The span.</param>
internal sealed record RemoteParent(IOperation Source, SpanCreated Start);

/// <summary>Finds spans whose parent comes from another process, in the body of a call and in bodies that call it.</summary>
internal sealed class RemoteParents(CompilationContext compilation)
{
    private readonly CodeBodies _code = CodeBodies.In(compilation);

    /// <summary>The first span whose parent is the context that a piece of code creates from what another process sent.</summary>
    /// <param name="code">The code that creates the context.</param>
    /// <returns>Null when there is none.</returns>
    public RemoteParent? FromContext(SyntaxNode code, CancellationToken cancellation)
    {
        foreach (var analysis in _code.AnalysesAround(code, cancellation))
        {
            var origin = Origin.None;
            foreach (var created in analysis.Events.OfType<ContextCreated>().Where(one => one.Operation.Syntax == code))
            {
                foreach (var value in created.Call.Values)
                {
                    origin |= value.Origin;
                    if (SourceOf(value, cancellation) is { } source && StartWith(created, analysis) is { } start)
                    {
                        return new RemoteParent(source, start);
                    }
                }
            }

            if ((origin & (Origin.OtherProcess | Origin.Parameter)) == 0)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The span that a call starts, if the text of its parent comes from another process.</summary>
    /// <returns>Null when it does not.</returns>
    public RemoteParent? FromText(SyntaxNode call, CancellationToken cancellation)
    {
        foreach (var analysis in _code.AnalysesAround(call, cancellation))
        {
            var origin = Origin.None;
            foreach (var start in analysis.Events.OfType<SpanCreated>().Where(one => one.Operation.Syntax == call))
            {
                var text = start.Call.Argument("parentId") ?? Value.Null;
                origin |= text.Origin;
                if (SourceOf(text, cancellation) is { } source)
                {
                    return new RemoteParent(source, start);
                }
            }

            if ((origin & Origin.Parameter) == 0)
            {
                return null;
            }
        }

        return null;
    }

    private static SpanCreated? StartWith(ContextCreated created, BodyAnalysis analysis)
        => analysis.Events.OfType<SpanCreated>().FirstOrDefault(
            start => start.Call.Argument("parentContext")?.Objects.Any(context => context.Site == created.Operation) is true);

    private IOperation? SourceOf(Value value, CancellationToken cancellation)
        => value.Is(Origin.OtherProcess)
            && value.Evidence is { } source
            && !OwnEntries.Have(source.Syntax, compilation.Of(source.Syntax.SyntaxTree), cancellation)
                ? source
                : null;
}
