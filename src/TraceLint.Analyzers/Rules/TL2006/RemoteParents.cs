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
        // Callers may get the context, or pass what it is created from.
        foreach (var analysis in _code.AnalysesAround(code, one => MayComeFromElsewhere(CreatedAt(code, one)), cancellation))
        {
            foreach (var created in CreatedAt(code, analysis))
            {
                var sources = created.Call.Values.Select(value => SourceOf(value, cancellation)).OfType<IOperation>();
                if (sources.FirstOrDefault() is { } source && StartWith(created, analysis) is { } start)
                {
                    return new RemoteParent(source, start);
                }
            }
        }

        return null;
    }

    /// <summary>The span that a call starts, if the text of its parent comes from another process.</summary>
    /// <returns>Null when it does not.</returns>
    public RemoteParent? FromText(SyntaxNode call, CancellationToken cancellation)
    {
        foreach (var analysis in _code.AnalysesAround(
            call, one => TextsAt(call, one).Any(static at => at.Text.Is(Origin.Parameter)), cancellation))
        {
            foreach (var (start, text) in TextsAt(call, analysis))
            {
                if (SourceOf(text, cancellation) is { } source)
                {
                    return new RemoteParent(source, start);
                }
            }
        }

        return null;
    }

    private static IEnumerable<ContextCreated> CreatedAt(SyntaxNode code, BodyAnalysis analysis)
        => analysis.Events.OfType<ContextCreated>().Where(created => created.Operation.Syntax == code);

    private static bool MayComeFromElsewhere(IEnumerable<ContextCreated> created)
        => created.Any(static one => one.Call.Values.Any(static value => value.Is(Origin.OtherProcess | Origin.Parameter)));

    private static IEnumerable<(SpanCreated Start, Value Text)> TextsAt(SyntaxNode call, BodyAnalysis analysis)
        => analysis.Events.OfType<SpanCreated>()
            .Where(start => start.Operation.Syntax == call)
            .Select(static start => (start, start.Call.Argument("parentId") ?? Value.Null));

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
