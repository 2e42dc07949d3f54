using Microsoft.CodeAnalysis.FlowAnalysis;

namespace TraceLint.Flow;

/// <summary>
/// The regions around a block, up to the border of its graph. The root region of a lambda or a local function has an enclosing region: the
/// one of the outer graph in which the function stands. The ordinals of that one are of other blocks, so nothing else may follow
/// <see cref="ControlFlowRegion.EnclosingRegion"/>.
/// </summary>
internal static class GraphRegions
{
    /// <summary>The regions around a block in its own graph, innermost first, without the root.</summary>
    public static IEnumerable<ControlFlowRegion> Around(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
        {
            yield return region;
        }
    }

    /// <summary>What may run when an operation of a block throws: catch and filter regions and finally regions, innermost first.</summary>
    /// <remarks>The enclosing region of a handler is the one of the whole try statement, and tells which of the two it is.</remarks>
    public static IEnumerable<ControlFlowRegion> HandlersAround(BasicBlock block)
    {
        foreach (var region in Around(block))
        {
            if (region is not { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { } whole })
            {
                continue;
            }

            foreach (var handler in whole.NestedRegions)
            {
                if (!ReferenceEquals(handler, region))
                {
                    yield return handler;
                }
            }
        }
    }

    /// <summary>The innermost finally region that a block is in; null outside any.</summary>
    public static ControlFlowRegion? FinallyAround(BasicBlock block)
    {
        foreach (var region in Around(block))
        {
            if (region.Kind is ControlFlowRegionKind.Finally)
            {
                return region;
            }
        }

        return null;
    }
}
