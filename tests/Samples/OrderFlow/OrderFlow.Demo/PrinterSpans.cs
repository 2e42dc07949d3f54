using OrderFlow.Printer;

namespace OrderFlow.Demo;

/// <summary>Collects the spans of the printer's program, which this process starts.</summary>
internal sealed class PrinterSpans : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public PrinterSpans() => Environment.SetEnvironmentVariable(SpanFile.Variable, _path);

    public IReadOnlyList<Span> Read() => [.. SpanFile.Read(_path)];

    public void Dispose() => File.Delete(_path);
}
