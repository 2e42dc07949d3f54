namespace TraceLint.Tests.Verification;

/// <summary>Answers of the rules that are known to be wrong: the mark fails when they turn right, and when they turn wrong in another way.</summary>
internal static class Known
{
    /// <param name="isRight">Whether the answer is right.</param>
    /// <param name="answer">What is answered.</param>
    /// <param name="right">What ought to be.</param>
    /// <param name="known">What is known to be answered instead; null where the answer is right.</param>
    public static void Check(bool isRight, string answer, string right, string? known)
    {
        if (known is null)
        {
            Assert.True(isRight, $"The answer is \"{answer}\". It was right: \"{right}\".");
            return;
        }

        Assert.False(isRight, $"The answer is right now: \"{answer}\". Remove its mark.");
        Assert.Equal(known, answer);
    }
}
