using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Rules;

/// <summary>
/// The base of every rule: generated code is left alone, rules run concurrently, and a rule only ever registers for the
/// compilations that have what it is about.
/// </summary>
public abstract class TraceAnalyzer : DiagnosticAnalyzer
{
    /// <summary>
    /// The words without one of which there is nothing to report in a project: names of methods that are called, of types that are
    /// made, of settings. They are looked for in the text, before any type is.
    /// </summary>
    internal abstract IReadOnlyCollection<string> Words { get; }

    /// <summary>Whether the rule speaks only where code traces.</summary>
    internal virtual bool OnlyWhereCodeTraces => false;

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(compilation =>
        {
            if (ProjectGate.Of(compilation.Compilation, compilation.Options, compilation.CancellationToken).IsOpen(Words, OnlyWhereCodeTraces, compilation.CancellationToken))
            {
                Start(compilation);
            }
        });
    }

    /// <summary>
    /// Looks for the types the rule is about and registers its actions; without those types it registers nothing.
    /// Registered actions ask for a name before they ask the semantic model, and report per file.
    /// </summary>
    private protected abstract void Start(CompilationStartAnalysisContext context);
}
