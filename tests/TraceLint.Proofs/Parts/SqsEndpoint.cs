using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TraceLint.Proofs.Parts;

/// <summary>
/// An SQS endpoint in this process, on a port that the system picks. It speaks AWS's JSON protocol as SQS does, with its
/// limits and its errors, as far as a client can tell that sends, receives and deletes.
/// </summary>
internal sealed class SqsEndpoint
{
    private readonly ConcurrentDictionary<string, SqsQueue> _queues = new();

    public SqsEndpoint()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/", ServeAsync);
        app.StartAsync().GetAwaiter().GetResult();
        ServiceUrl = app.Urls.Single() + "/";
    }

    public string ServiceUrl { get; }

    /// <summary>Makes a queue, unless it is there.</summary>
    /// <param name="path">Account and name.</param>
    /// <returns>Its URL.</returns>
    public string Create(string path)
    {
        var url = ServiceUrl + path;
        _queues.TryAdd(url, new SqsQueue());
        return url;
    }

    private async Task ServeAsync(HttpContext context)
    {
        JsonObject answer;
        try
        {
            var request = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject();
            answer = await AnswerAsync($"{context.Request.Headers["X-Amz-Target"]}".Split('.')[^1], request, context.RequestAborted);
        }
        catch (SqsException exception)
        {
            // Clients of the older protocol knew other names for some errors, and still get them.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.Headers["x-amzn-query-error"] = $"{exception.Code};Sender";
            answer = new JsonObject { ["__type"] = $"com.amazonaws.sqs#{exception.Code}", ["message"] = exception.Message };
        }

        context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    private async Task<JsonObject> AnswerAsync(string operation, JsonObject request, CancellationToken cancellation)
    {
        switch (operation)
        {
            case "CreateQueue":
                return new() { ["QueueUrl"] = Create($"000000000000/{request["QueueName"]}") };
            case "GetQueueUrl":
                var url = $"{ServiceUrl}000000000000/{request["QueueName"]}";
                return _queues.ContainsKey(url) ? new() { ["QueueUrl"] = url } : throw SqsException.NoQueue();
        }

        var queue = _queues.GetValueOrDefault($"{request["QueueUrl"]}") ?? throw SqsException.NoQueue();
        return operation switch
        {
            "SendMessage" => queue.Send(request),
            "SendMessageBatch" => SqsBatch.Each(request, queue.Send),
            "ReceiveMessage" => await queue.ReceiveAsync(request, cancellation),
            "DeleteMessage" => queue.Delete(request),
            "DeleteMessageBatch" => SqsBatch.Each(request, queue.Delete),
            "ChangeMessageVisibility" => queue.ChangeVisibility(request),
            "ChangeMessageVisibilityBatch" => SqsBatch.Each(request, queue.ChangeVisibility),
            "PurgeQueue" => queue.Purge(),
            "GetQueueAttributes" => queue.Attributes(),
            _ => throw new SqsException("UnsupportedOperation", $"{operation} is not known here."),
        };
    }
}

/// <summary>An error that SQS answers with.</summary>
internal sealed class SqsException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    public static SqsException NoQueue() => new("QueueDoesNotExist", "The specified queue does not exist.");

    public static SqsException Invalid(string message) => new("InvalidParameterValue", message);
}
