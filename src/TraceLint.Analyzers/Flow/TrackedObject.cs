using Microsoft.CodeAnalysis;

namespace TraceLint.Flow;

/// <summary>
/// A message or carrier as the flow sees it: all the objects that one place in the code makes or brings in. Two are the
/// same when they come from the same place, so a loop makes one, not many, and the flow ends.
/// </summary>
/// <param name="Role">Message or carrier.</param>
/// <param name="Place">The syntax node that makes it, or the symbol that brings it in; with the call, when that is in a helper.</param>
/// <param name="Origin">Where that is, to be shown.</param>
/// <param name="Opaque">Why its contents are not known; null when it was made here, empty.</param>
internal sealed record TrackedObject(CarrierRole Role, object? Place, Location Origin, Evidence? Opaque)
{
    /// <summary>The <c>new</c> that makes it, when it was made here or in a helper that was followed.</summary>
    public SyntaxNode? Creation { get; init; }

    /// <summary>The helper that makes it; empty when it is made in the body itself.</summary>
    public string MadeBy { get; init; } = "";

    /// <summary>No object. A message without headers has this as its carrier.</summary>
    public static readonly TrackedObject Null = new(CarrierRole.None, null, Location.None, null);

    // The place is the identity; the rest is only what is said about it.
    public bool Equals(TrackedObject? other)
        => other is not null && Role == other.Role && Equals(Place, other.Place) && Opaque?.Kind == other.Opaque?.Kind;

    public override int GetHashCode() => ((Place?.GetHashCode() ?? 0) * 31) + (int)Role;
}
