using System.Collections.Immutable;

namespace TraceLint.Flow;

/// <summary>The words that a name is made of.</summary>
internal static class Words
{
    /// <summary><c>orderId</c>, <c>OrderId</c>, <c>order_id</c> and <c>OrderID</c> are all <c>order</c>, <c>id</c>.</summary>
    public static ImmutableArray<string> Of(string name)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        for (var start = 0; start < name.Length;)
        {
            if (!char.IsLetterOrDigit(name[start]))
            {
                start++;
                continue;
            }

            var end = start + 1;
            while (end < name.Length && char.IsLetterOrDigit(name[end]) && !BeginsWord(name, end))
            {
                end++;
            }

            words.Add(name.Substring(start, end - start).ToLowerInvariant());
            start = end;
        }

        return words.ToImmutable();
    }

    // An upper-case letter after a lower-case one, or the last of several upper-case ones before a lower-case one.
    private static bool BeginsWord(string name, int at)
        => char.IsUpper(name[at]) && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1])));
}
