using Microsoft.CodeAnalysis;

namespace TraceLint.Rules;

/// <summary>
/// One rule: its descriptor, the words without which it has nothing to say, and what it looks at. The host decides where a rule
/// runs; a rule never asks about test projects, silent code or other rules.
/// </summary>
internal abstract class Rule
{
    /// <summary>What the rule reports: a <c>static readonly</c> field of its own class, where Roslyn's meta-analyzers look for it.</summary>
    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <summary>
    /// The words of which a project must have at least one for the rule to start: names of methods, types, settings. They are looked for in the
    /// text of its files, before any symbol is.
    /// </summary>
    public abstract IReadOnlyCollection<string> Words { get; }

    /// <summary>Whether the rule is only about code that traces.</summary>
    public virtual bool OnlyWhereCodeTraces => false;

    /// <summary>Whether the rule is about code, and not about settings: test code is left out for it.</summary>
    public virtual bool IsAboutCode => true;

    /// <summary>
    /// Looks for the types that the rule is about and registers actions; registers nothing where they are missing. Called once for each
    /// compilation that has one of <see cref="Words"/>.
    /// </summary>
    public abstract void Start(RuleContext context);
}
