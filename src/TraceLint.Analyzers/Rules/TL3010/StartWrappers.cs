using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>The names of the project's methods that start a process with what they are given: a call to one may be the start.</summary>
internal sealed class StartWrappers(ProcessTypes types, CompilationContext context)
{
    private readonly object _gate = new();
    private HashSet<string>? _names;

    /// <summary>The names of the methods.</summary>
    public IReadOnlyCollection<string> NamesOf(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _names ??= [.. CallIndex.CallsOf("Start", context, cancellation)
                .Where(types.IsStart)
                .Select(start => context.Of(start.Syntax.SyntaxTree).GetEnclosingSymbol(start.Syntax.SpanStart, cancellation))
                .OfType<IMethodSymbol>()
                .Where(method => method.Parameters.Any(parameter => types.IsStartInfo(parameter.Type)))
                .Select(static method => method.Name)];
        }
    }
}
