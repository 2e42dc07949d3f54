using System.Diagnostics;

namespace OrderFlow.Messaging;

public static class Telemetry
{
    public const string SourceName = "OrderFlow";

    public static readonly ActivitySource Source = new(SourceName);
}
