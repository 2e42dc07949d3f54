namespace TraceLint.Proofs.Parts;

/// <summary>Messages of a transport that is no library, or one that cannot be had: their headers.</summary>
internal sealed class ArrivedPart : IInlet
{
    private readonly List<Dictionary<string, string>> _headers = [];

    /// <summary>The headers of every message, in order.</summary>
    public IReadOnlyList<Dictionary<string, string>> Headers => _headers;

    public Task SendAsync(string body, IEnumerable<(string Key, string Value)> headers)
    {
        _headers.Add(headers.ToDictionary(static header => header.Key, static header => header.Value));
        return Task.CompletedTask;
    }
}
