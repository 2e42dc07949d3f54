using Microsoft.CodeAnalysis;

namespace TraceLint.Rules;

/// <summary>
/// One rule: its descriptor, the words without which it has nothing to report, and the code it analyzes. The host decides where a
/// rule runs; a rule never asks about test projects, silent code or other rules.
/// </summary>
internal abstract class Rule
{
    /// <summary>
    /// The descriptor of the rule: a <c>static readonly</c> field of its own class, where Roslyn's meta-analyzers look for it.
    /// </summary>
    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <summary>
    /// The words of which a project must contain at least one for the rule to start: names of methods, types or settings. They are
    /// searched for in the text of its files, before any symbol is looked up.
    /// </summary>
    public abstract IReadOnlyCollection<string> Words { get; }

    /// <summary>
    /// Whether the rule is about publishes: a method of a referenced project that publishes its argument is then a word, too.
    /// </summary>
    public virtual bool IsAboutPublishes => false;

    /// <summary>Whether the rule is only about code that traces.</summary>
    public virtual bool OnlyWhereCodeTraces => false;

    /// <summary>Whether the rule is about code and not about settings: such a rule skips test code.</summary>
    public virtual bool IsAboutCode => true;

    /// <summary>
    /// Looks up the types that the rule is about and registers actions; registers none where the types are missing. Called once for
    /// each compilation that contains one of <see cref="Words"/>.
    /// </summary>
    public abstract void Start(RuleContext context);
}
