using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Configuration;
using TraceLint.Rules;

namespace TraceLint.Host;

/// <summary>
/// TL9003: an entry of a <see cref="BaselineFile"/> that allows more findings than there are: the code has been fixed, and a new finding
/// in its place would go unnoticed.
/// <para>Reported at the line of the entry. Not reported for rules that did not run: those that are off, and those that failed.</para>
/// </summary>
internal static class TL9003_StaleBaselineEntry
{
    internal static readonly DiagnosticDescriptor Descriptor = new(
        "TL9003",
        title: "Baseline entry is stale",
        messageFormat: "{0}",
        Category.Configuration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The baseline allows more findings than the member has. Lower the number or remove the line, so that a new finding "
            + "in the same member is reported.",
        helpLinkUri: Repository.RulesPage + "#tl9003");

    /// <summary>The diagnostic for an entry whose member has fewer findings than it allows.</summary>
    /// <param name="found">The number of findings that the member has.</param>
    public static Diagnostic TooMany(BaselineEntry entry, AdditionalText file, int found)
        => Create(entry, file, found == 0
            ? $"Baseline allows {Allowed(entry)}, which has none; remove the line"
            : $"Baseline allows {Allowed(entry)}, which has {found.ToString(CultureInfo.InvariantCulture)}; lower the number");

    /// <summary>The diagnostic for an entry whose member does not exist.</summary>
    public static Diagnostic NoMember(BaselineEntry entry, AdditionalText file)
        => Create(entry, file, $"Baseline allows {Allowed(entry)}, which does not exist; remove the line");

    /// <summary>
    /// The line that is reported instead of a finding while a baseline is written: <c>TL1001 M:Shop.Orders.OrderPublisher.PublishAsync</c>.
    /// No configuration turns it off or makes it an error.
    /// </summary>
    public static Diagnostic LineFor(string rule, string member, Location place)
        => Diagnostic.Create(
            Descriptor.Id,
            Category.Configuration,
            $"{rule} {member}",
            DiagnosticSeverity.Info,
            DiagnosticSeverity.Info,
            isEnabledByDefault: true,
            warningLevel: 1,
            location: place,
            customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    private static string Allowed(BaselineEntry entry)
        => $"{entry.Count.ToString(CultureInfo.InvariantCulture)} finding{(entry.Count == 1 ? "" : "s")} of {entry.Rule} in {MessageText.Quoted(entry.Member)}";

    private static Diagnostic Create(BaselineEntry entry, AdditionalText file, string text)
        => Diagnostic.Create(Descriptor, Location.Create(file.Path, entry.Span, LinesOf(entry, file)), text);

    private static LinePositionSpan LinesOf(BaselineEntry entry, AdditionalText file)
        => file.GetText()?.Lines.GetLinePositionSpan(entry.Span) ?? default;
}
