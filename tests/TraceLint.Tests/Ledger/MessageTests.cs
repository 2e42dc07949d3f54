using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using TraceLint.Tests.Catalog;

namespace TraceLint.Tests.Ledger;

/// <summary>The words of the rules: short enough to be read in a list of errors, and in the terms that people search for.</summary>
public partial class MessageTests
{
    private const int TooLong = 160;

    public static TheoryData<string> LedgerNames => [.. LedgerFiles.Names];

    public static TheoryData<string> Ids => RuleCatalog.Ids;

    [Theory]
    [MemberData(nameof(LedgerNames))]
    public void Message_IsShort(string name)
        => Assert.All(
            MessagesIn(name),
            static message => Assert.True(message.Length - "TL0000 ".Length < TooLong, $"{message.Length} characters: {message}"));

    [Theory]
    [MemberData(nameof(LedgerNames))]
    public void Message_HasNoPronounAfterAColon(string name)
        => Assert.All(MessagesIn(name), static message => Assert.DoesNotMatch(PronounAfterColon(), message));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Descriptor_IsShort(string id)
    {
        Assert.InRange(Text(id, static descriptor => descriptor.Title).Length, 1, 80);
        Assert.InRange(Text(id, static descriptor => descriptor.MessageFormat).Length, 1, TooLong - 1);
    }

    [Theory]
    [InlineData("TL1001", "remote parent")]
    [InlineData("TL1004", "unsampled")]
    [InlineData("TL1004", "sampling decision")]
    [InlineData("TL1005", "duplicate trace header")]
    [InlineData("TL2001", "remote parent or link")]
    [InlineData("TL2002", "remote parent or link")]
    [InlineData("TL2003", "remote parent or link")]
    [InlineData("TL2006", "remote parent")]
    [InlineData("TL2007", "carrier")]
    [InlineData("TL2009", "propagator")]
    [InlineData("TL3003", "fire-and-forget")]
    [InlineData("TL3004", "fire-and-forget")]
    [InlineData("TL4001", "sampling decision")]
    [InlineData("TL4002", "unsampled")]
    [InlineData("TL4003", "tracestate")]
    [InlineData("TL5001", "high cardinality")]
    [InlineData("TL5001", "attribute")]
    [InlineData("TL5002", "high cardinality")]
    [InlineData("TL5002", "metric attribute")]
    [InlineData("TL9001", "false positive")]
    public void Rule_IsFoundByTheTerm(string id, string term)
    {
        string[] texts =
        [
            Text(id, static descriptor => descriptor.Title),
            Text(id, static descriptor => descriptor.MessageFormat),
            Text(id, static descriptor => descriptor.Description),
        ];
        Assert.Contains(texts, text => text.Contains(term, StringComparison.OrdinalIgnoreCase));
    }

    private static string Text(string id, Func<DiagnosticDescriptor, LocalizableString> part)
        => part(RuleCatalog.Descriptor(id)).ToString(CultureInfo.InvariantCulture);

    // What LedgerTests hold to be what the rules say.
    private static List<string> MessagesIn(string name)
        => [.. File.ReadLines(LedgerFiles.PathOf(name))
            .Select(static line => LedgerLine().Match(line))
            .Where(static match => match.Success)
            .Select(static match => match.Groups["message"].Value)];

    [GeneratedRegex(@"\(\d+,\d+\): (?<message>TL\d{4} .*?)(?= \| see | \| fix: |$)", RegexOptions.ExplicitCapture)]
    private static partial Regex LedgerLine();

    [GeneratedRegex(@": (it|its|he|they|this|that|these|those|what|whatever|which|who|whoever)\b")]
    private static partial Regex PronounAfterColon();
}
