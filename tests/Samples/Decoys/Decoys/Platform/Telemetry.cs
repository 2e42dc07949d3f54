using System.Diagnostics;

namespace Decoys.Platform;

internal static class Telemetry
{
    public static readonly ActivitySource Source = new("Decoys");
}
