namespace OrderFlow.Worker;

/// <summary>The company that moves the money.</summary>
public interface ICardGateway
{
    /// <returns>The authorization code of the payment.</returns>
    Task<string> ChargeAsync(string customer, decimal amount);
}
