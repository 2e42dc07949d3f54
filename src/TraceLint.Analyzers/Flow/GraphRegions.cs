using Microsoft.CodeAnalysis;
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
    public static IEnumerable<ControlFlowRegion> Around(BasicBlock block) => OutwardFrom(block.EnclosingRegion);

    /// <summary>What may run when an operation of a block throws: catch and filter regions and finally regions, innermost first.</summary>
    /// <remarks>The enclosing region of a handler is the one of the whole try statement, and tells which of the two it is.</remarks>
    public static IEnumerable<ControlFlowRegion> HandlersAround(BasicBlock block) => HandlersOutwardFrom(block.EnclosingRegion);

    /// <summary>The same for whatever is in a region.</summary>
    public static IEnumerable<ControlFlowRegion> HandlersOutwardFrom(ControlFlowRegion? innermost)
    {
        foreach (var region in OutwardFrom(innermost))
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

    /// <summary>Whether a handler catches every exception.</summary>
    public static bool CatchesEverything(ControlFlowRegion handler)
        => handler is
        {
            Kind: ControlFlowRegionKind.Catch,
            ExceptionType: null
                or { SpecialType: SpecialType.System_Object }
                or { Name: "Exception", ContainingNamespace.Name: "System" },
        };

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

    private static IEnumerable<ControlFlowRegion> OutwardFrom(ControlFlowRegion? innermost)
    {
        for (var region = innermost; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
        {
            yield return region;
        }
    }
}
