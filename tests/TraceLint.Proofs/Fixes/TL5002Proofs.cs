using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Tags that make a series of each measurement.</summary>
public sealed class TL5002Proofs : FixProofs<TL5002Proofs>
{
    public static Proof ExceptionMessage => new()
    {
        Code = ServiceCode.Method("", """
            foreach (var line in order.Lines)
            {
                using var activity = source.StartActivity("reserve");
                try
                {
                    throw new InvalidOperationException(line);
                }
                catch (InvalidOperationException error)
                {
                    failed.Add(1, new KeyValuePair<string, object?>("topic", "orders"), new KeyValuePair<string, object?>("error", error.Message));
                }
            }
            """, """private static readonly Counter<long> failed = new Meter("service").CreateCounter<long>("failed");""", "using System.Diagnostics.Metrics;"),
        Broken = "root{2 series}(reserve, reserve)",
        Whole = "root{1 series}(reserve{error=keyboard}, reserve{error=cable})",
    };
}
