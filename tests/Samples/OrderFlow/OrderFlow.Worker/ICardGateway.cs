namespace OrderFlow.Worker;

/// <summary>The company that moves the money.</summary>
public interface ICardGateway
{
    /// <returns>The authorization code of the payment.</returns>
    /// <exception cref="CardGatewayBusyException">It cannot say now; ask again.</exception>
    Task<string> ChargeAsync(string customer, decimal amount);
}

public sealed class CardGatewayBusyException() : Exception("The card gateway is busy.");
