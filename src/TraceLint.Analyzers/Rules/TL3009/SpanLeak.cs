using Microsoft.CodeAnalysis;

namespace TraceLint.Rules;

/// <summary>How a span is left running.</summary>
internal enum SpanLeakKind
{
    /// <summary>A loop starts the next one before this one has stopped.</summary>
    Loop,

    /// <summary>Nothing stops it on any path.</summary>
    Never,

    /// <summary>Something stops it, but not on a path that ends the function.</summary>
    SomePath,

    /// <summary>Something stops it, but not when the code before the stop throws.</summary>
    Exception,

    /// <summary>An async method stops it, which does not restore <c>Activity.Current</c> in the caller.</summary>
    OtherFlow,
}

/// <summary>A span that is left running.</summary>
/// <param name="Kind">How it is left running.</param>
/// <param name="Where">
/// The node that leaves it running: a return, a call that may throw, or the call to the async method; null when there is no such node.
/// </param>
internal sealed record SpanLeak(SpanLeakKind Kind, SyntaxNode? Where);
