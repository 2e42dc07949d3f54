using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Rules;

/// <summary>
/// The base of every rule: generated code is left alone, rules run concurrently, and a rule only ever registers for the
/// compilations that have what it is about.
/// </summary>
public abstract class TraceAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(compilation =>
        {
            if (!SilentCode.IsAgent(compilation.Compilation))
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
