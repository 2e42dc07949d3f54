namespace OrderFlow.Messaging;

/// <summary>The <c>Sqs</c> section of the configuration.</summary>
public sealed class SqsOptions
{
    public const string Section = "Sqs";

    /// <summary>An endpoint that stands in for AWS, e.g. on a developer's machine; it asks for no credentials.</summary>
    public string? ServiceUrl { get; set; }

    /// <summary>What the URL of a queue is, without the queue's name.</summary>
    public string AccountUrl { get; set; } = "http://localhost:4566/000000000000/";

    public string UrlOf(string queue) => AccountUrl + queue;
}
