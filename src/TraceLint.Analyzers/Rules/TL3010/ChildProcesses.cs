using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>What is known about a child process that is started without trace context.</summary>
internal enum ChildProcess
{
    /// <summary>It is a program of the solution, or one that <c>dotnet</c> runs.</summary>
    Traces,

    /// <summary>The project reads a context from its own environment, so its child processes may as well.</summary>
    MayRead,

    /// <summary>Nothing is known, but a span is live where it is started.</summary>
    Other,
}

/// <summary>The child processes that a project starts without the trace context, for TL3010 and TL3011.</summary>
internal sealed class ChildProcesses
{
    private readonly ProcessTypes _types;
    private readonly StartWrappers _wrappers;
    private readonly CodeBodies _code;
    private readonly CompilationContext _context;
    private readonly LiveSpans _spans;
    private readonly TracingCode _tracing;
    private readonly object _gate = new();
    private bool? _readsContext;

    private ChildProcesses(ProcessTypes types, SpanStarts starts, CompilationContext context)
    {
        (_types, _context, _wrappers, _code) = (types, context, new StartWrappers(types, context), CodeBodies.In(context));
        (_spans, _tracing) = (LiveSpans.In(context)!, new TracingCode(starts, context));
    }

    /// <summary>The child processes of a compilation; null when it has no processes or no spans.</summary>
    public static ChildProcesses? In(CompilationContext context)
        => ProcessTypes.In(context.Compilation) is { } types && SpanStarts.In(context.Compilation) is { } starts
            ? new ChildProcesses(types, starts, context) : null;

    /// <summary>Judges a call.</summary>
    /// <returns>Null when it starts no process, or one that needs no context or may have one.</returns>
    public ChildProcess? Of(IInvocationOperation call, CancellationToken cancellation)
    {
        if (!(_types.IsExecute(call) || _types.IsStart(call) || _wrappers.NamesOf(cancellation).Contains(call.TargetMethod.Name))
            || !_tracing.TracesIn(call.Syntax.SyntaxTree, cancellation)
            || StartOf(call, cancellation) is not { UsesShell: false, MayCarry: false } start
            || StartedProgram.Of(start, call.Syntax.SyntaxTree, _context) is var program && program is ProgramKind.Tool
            || FunctionGraphs.FunctionAround(call.Syntax) is not { } function
            || Restarts(function)
            || (start.HasInput && !Waits(function))
            || IsKept(call))
        {
            return null;
        }

        var isLive = _spans.At(call.Syntax, acrossFunctions: true, cancellation) is not null;
        if (function is CompilationUnitSyntax or MethodDeclarationSyntax { Identifier.ValueText: "Main" } && !isLive)
        {
            return null;
        }

        return program is ProgramKind.Traces ? ChildProcess.Traces
            : ReadsContext(cancellation) ? ChildProcess.MayRead
            : isLive ? ChildProcess.Other
            : null;
    }

    /// <summary>The names of the calls that may start a process.</summary>
    public IReadOnlyCollection<string> Names(CancellationToken cancellation)
        => _wrappers.NamesOf(cancellation).Union(ProcessTypes.StartNames).ToList();

    /// <summary>The method that starts a process, as a message shows it.</summary>
    public string NameOf(IInvocationOperation call)
        => _types.IsStart(call) ? "Process.Start"
            : _types.IsExecute(call) ? $"Command.{call.TargetMethod.Name}"
            : MessageText.Called(call.TargetMethod, _context.Compilation);

    // A start in a method that is called counts if what it starts comes from here. Of several, any may be the one.
    private ChildStart? StartOf(IInvocationOperation call, CancellationToken cancellation)
    {
        ChildStart? all = null;
        foreach (var started in _code.AnalysisOf(call.Syntax, cancellation)?.Events.OfType<ProcessStarted>() ?? [])
        {
            if (started.Operation.Syntax == call.Syntax ? started.Run.IsOfRoot : IsStartedBy(call, started))
            {
                if (ChildStart.Of(started, _types) is not { } start)
                {
                    return null;
                }

                all = all?.Or(start) ?? start;
            }
        }

        return all;
    }

    private bool IsStartedBy(IInvocationOperation call, ProcessStarted started)
    {
        var infos = ChildStart.InfosOf(started, _types).ToList();
        for (var run = started.Run; run is { Call: { } place, Caller: { } caller }; run = caller)
        {
            if (infos.Exists(info => info.Run == run))
            {
                return false;
            }

            if (place.Syntax == call.Syntax)
            {
                return caller.IsOfRoot;
            }
        }

        return false;
    }

    // A restart of the program itself does not belong to the current trace.
    private static bool Restarts(SyntaxNode function)
        => Calls(function, static name => name is "Exit" or "Shutdown" or "StopApplication" or "FailFast" or "ShutdownAsync");

    private static bool Waits(SyntaxNode function)
        => Calls(function, static name => name.StartsWith("WaitForExit", StringComparison.Ordinal));

    private static bool Calls(SyntaxNode function, Func<string, bool> isIt)
    {
        foreach (var node in function.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && call.CalledName() is { Identifier.ValueText: var name } && isIt(name))
            {
                return true;
            }
        }

        return false;
    }

    // A process in a field outlives the call: it is a worker, which gets the context with each message.
    private static bool IsKept(IInvocationOperation call)
    {
        IOperation value = call;
        while (value.Parent is IConversionOperation or ICoalesceOperation)
        {
            value = value.Parent;
        }

        return value.Parent is IAssignmentOperation { Target: IMemberReferenceOperation };
    }

    private bool ReadsContext(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _readsContext ??= CallIndex.CallsOf("GetEnvironmentVariable", _context, cancellation).Any(static call
                => call.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: string name } }, ..]
                    && string.Equals(name, ProcessTypes.Variable, StringComparison.OrdinalIgnoreCase));
        }
    }
}
