using System.Diagnostics;
using OrderFlow.Printer;

if (args is not [var customer, var parcel])
{
    Console.Error.WriteLine("usage: OrderFlow.Printer <customer> <parcel>");
    return 2;
}

using var source = new ActivitySource("OrderFlow.Printer");
using var spans = Environment.GetEnvironmentVariable(SpanFile.Variable) is { Length: > 0 } path ? new SpanFile(source, path) : null;

ActivityContext.TryParse(
    Environment.GetEnvironmentVariable("TRACEPARENT"), Environment.GetEnvironmentVariable("TRACESTATE"), isRemote: true, out var parent);
using var activity = source.StartActivity("print label", ActivityKind.Internal, parent);

// There is no printer here.
activity?.SetTag("label.customer", customer);
activity?.SetTag("label.parcel", parcel);
return 0;
