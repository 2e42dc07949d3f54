using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>Books by telephone what could not be booked otherwise.</summary>
internal sealed partial class BookingRetries(ILogger<BookingRetries> logger) : BackgroundService
{
    private readonly Channel<LateBooking> _late = Channel.CreateUnbounded<LateBooking>();

    public void Take(LateBooking booking) => _late.Writer.TryWrite(booking);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var booking in _late.Reader.ReadAllAsync(stoppingToken))
        {
            using var activity = Telemetry.Source.StartActivity("call carrier");
            activity?.SetTag("order.id", booking.OrderId);
            LogCall(booking.OrderId, booking.Parcels);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Call the carrier: {Parcels} parcels of order {OrderId} are waiting")]
    private partial void LogCall(Guid orderId, int parcels);
}
