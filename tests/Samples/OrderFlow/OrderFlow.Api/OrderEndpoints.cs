using Microsoft.AspNetCore.Http.HttpResults;
using OrderFlow.Messaging;

namespace OrderFlow.Api;

internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/orders", PlaceAsync);

    private static async Task<Results<Accepted<Order>, BadRequest<string>>> PlaceAsync(
        PlaceOrder request,
        StockReservations reservations,
        OrderPublisher orders,
        CustomerNotices notices,
        BasketFeed baskets,
        CancellationToken cancellationToken)
    {
        if (request.Lines is not { Count: > 0 })
            return TypedResults.BadRequest("An order has at least one line.");

        var order = new Order(Guid.CreateVersion7(), request.Customer, request.Lines);
        await reservations.RequestAsync(order, cancellationToken);
        await orders.PublishAsync(order, cancellationToken);
        notices.Confirm(order);
        baskets.Publish(order);
        return TypedResults.Accepted($"/orders/{order.Id}", order);
    }
}
