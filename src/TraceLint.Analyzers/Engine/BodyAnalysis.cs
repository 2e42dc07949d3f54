using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Engine;

/// <summary>The interpretation of a body and of what it calls, and the events in it.</summary>
internal sealed class BodyAnalysis
{
    /// <summary>How deep calls are followed. Beyond that, a call is one of code that cannot be seen.</summary>
    public const int MaxDepth = 6;

    // Beyond this, the analysis has no events.
    private const int MaxBlockVisits = 20_000;

    private readonly Dictionary<(ObjectKind Kind, object Site, BodyRun? Run), HeapObject> _objects = [];
    private readonly HashSet<IMethodSymbol> _called = new(SymbolEqualityComparer.Default);
    private readonly List<TraceEvent> _events = [];
    private readonly List<Point> _points = [];
    private ILookup<SyntaxNode?, Point>? _pointsByFunction;
    private int _blockVisits;

    private BodyAnalysis(CompilationContext context, CancellationToken cancellation)
        => (Context, Cancellation, Code, Calls) = (context, cancellation, CodeBodies.In(context), CallModel.In(context));

    public CompilationContext Context { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The bodies of the compilation.</summary>
    public CodeBodies Code { get; }

    /// <summary>What calls do.</summary>
    public CallModel Calls { get; }

    /// <summary>The events, each with what is known when nothing changes any more; none when the budget was not enough.</summary>
    public IReadOnlyList<TraceEvent> Events => _events;

    /// <summary>Interprets a body until nothing changes, and then once more for its events.</summary>
    public static BodyAnalysis Of(CodeBody body, CompilationContext context, CancellationToken cancellation)
    {
        var analysis = new BodyAnalysis(context, cancellation);
        var root = new BodyRun(analysis, body, caller: null, call: null, home: null);
        root.Run(analysis.Entry(body.Method));
        var others = root.RunWhatIsNotCalled();
        if (!analysis.IsOverBudget)
        {
            root.Replay();
            foreach (var other in others)
            {
                other.Replay();
            }
        }

        return analysis;
    }

    /// <summary>Whether there is budget for one more block.</summary>
    public bool CanContinue()
    {
        Cancellation.ThrowIfCancellationRequested();
        _blockVisits++;
        return !IsOverBudget;
    }

    public bool IsOverBudget => _blockVisits > MaxBlockVisits;

    /// <summary>The object that is identified by a site.</summary>
    public HeapObject ObjectOf(ObjectKind kind, object site, BodyRun? run, ITypeSymbol? type)
    {
        if (!_objects.TryGetValue((kind, site, run), out var known))
        {
            _objects[(kind, site, run)] = known = new HeapObject(kind, site, run, type, _objects.Count);
        }

        return known;
    }

    /// <summary>Something that comes from code that is not interpreted. Text and numbers are no objects.</summary>
    public Value Opaque(object site, ITypeSymbol? type)
    {
        if (type is null or { SpecialType: not (SpecialType.None or SpecialType.System_Object) } or { TypeKind: TypeKind.Enum })
        {
            return type is { IsValueType: true } ? Value.NotNull : Value.Unknown;
        }

        var isNotNull = type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated };
        var value = Value.Of(ObjectOf(ObjectKind.Opaque, site, null, type)).With(isNotNull ? Nullness.NotNull : Nullness.Unknown);
        return Calls.IsFromOtherProcess(type) ? value.From(Origin.OtherProcess, site as IOperation) : value;
    }

    public void Raise(TraceEvent raised)
    {
        if (!IsAsked)
        {
            _events.Add(raised);
        }
    }

    /// <summary>Notes what is known before an operation, for <see cref="PointsAt"/>.</summary>
    public void Pass(Point point) => _points.Add(point);

    /// <summary>
    /// What is known where a piece of code runs, once for each run of the function it is in: before the smallest operation around it, or
    /// else before the first one in it.
    /// </summary>
    public IEnumerable<Point> PointsAt(SyntaxNode code)
    {
        var byFunction = LazyInitializer.EnsureInitialized(
            ref _pointsByFunction, () => _points.ToLookup(static point => FunctionGraphs.FunctionAround(point.Operation.Syntax)))!;
        return byFunction[FunctionGraphs.FunctionAround(code)]
            .Where(point => point.Operation.Syntax.Span is var at && (at.Contains(code.Span) || code.Span.Contains(at)))
            .GroupBy(static point => point.Run)
            .Select(run => run.OrderBy(point => Distance(point.Operation.Syntax.Span, code.Span)).First());
    }

    /// <summary>What an expression may evaluate to.</summary>
    /// <returns>An unknown value for code that does not run.</returns>
    public Value ValueOf(SyntaxNode expression)
    {
        lock (_points)
        {
            Value? all = null;
            IsAsked = true;
            foreach (var point in PointsAt(expression))
            {
                if (point.Operation.DescendantsAndSelf()
                    .FirstOrDefault(part => part.Syntax == expression && part is not IArgumentOperation) is { } operation)
                {
                    var interpreter = new Interpreter(point.Run, point.State);
                    all = Value.Join(all, interpreter.TextOf(interpreter.Evaluate(operation)));
                }
            }

            IsAsked = false;
            return all ?? Value.Unknown;
        }
    }

    /// <summary>Whether a single expression is evaluated: that raises no events, and throws nothing.</summary>
    public bool IsAsked { get; private set; }

    // Code around is better than code within, the smaller the better, and the first within the best.
    private static int Distance(TextSpan at, TextSpan code)
        => at.Contains(code) ? at.Length - code.Length : int.MaxValue / 2 + at.Start - code.Start;

    public void MarkCalled(IMethodSymbol function) => _called.Add(function);

    public bool IsCalled(IMethodSymbol function) => _called.Contains(function);

    private State Entry(IMethodSymbol? method)
    {
        var state = State.Empty.With(
            State.CurrentSpan, Value.Of(ObjectOf(ObjectKind.Opaque, State.CurrentSpan, null, null)).With(Nullness.Unknown));
        foreach (var parameter in method?.Parameters ?? ImmutableArray<IParameterSymbol>.Empty)
        {
            var value = Opaque(parameter, parameter.Type);
            state = state.With(parameter, (parameter.IsOptional ? value.With(Nullness.Unknown) : value).From(Origin.Parameter));
        }

        return state;
    }
}
