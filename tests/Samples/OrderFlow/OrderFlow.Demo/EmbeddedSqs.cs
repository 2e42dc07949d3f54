using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace OrderFlow.Demo;

/// <summary>
/// An SQS endpoint inside this process. It speaks AWS's JSON protocol on a loopback port, knows the operations that
/// OrderFlow uses, and keeps nothing.
/// </summary>
internal sealed class EmbeddedSqs : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, EmbeddedQueue> _queues = [];

    public EmbeddedSqs(params ReadOnlySpan<string> queues)
    {
        foreach (var queue in queues)
            _queues.Add(queue, new EmbeddedQueue());

        ServiceUrl = $"http://{IPAddress.Loopback}:{FreePort()}/";
        _listener.Prefixes.Add(ServiceUrl);
        _listener.Start();
        _ = ListenAsync();
    }

    public string ServiceUrl { get; }

    /// <summary>Queues are below it.</summary>
    public string AccountUrl => $"{ServiceUrl}000000000000/";

    /// <summary>Whether a span is an HTTP call of this endpoint.</summary>
    public bool IsCalledBy(Activity span) =>
        span.GetTagItem("url.full") is string url && url.StartsWith(ServiceUrl, StringComparison.Ordinal);

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Close();
        _stopping.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.GetContextAsync());
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The endpoint is closed.
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        using var response = context.Response;
        try
        {
            var request = await JsonNode.ParseAsync(context.Request.InputStream, cancellationToken: _stopping.Token);
            var operation = context.Request.Headers["X-Amz-Target"]!.Split('.')[^1];
            await WriteAsync(response, await AnswerAsync(operation, request!.AsObject()));
        }
        catch (ArgumentException exception)
        {
            response.StatusCode = (int)HttpStatusCode.BadRequest;
            await WriteAsync(response, new JsonObject
            {
                ["__type"] = "com.amazonaws.sqs#InvalidParameterValue",
                ["message"] = exception.Message,
            });
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpListenerException or ObjectDisposedException)
        {
            // The endpoint is closed, or the client waits no longer.
        }
    }

    private async Task<JsonObject> AnswerAsync(string operation, JsonObject request)
    {
        var url = (string)request["QueueUrl"]!;
        if (!_queues.TryGetValue(url[(url.LastIndexOf('/') + 1)..], out var queue))
            throw new ArgumentException($"There is no queue {url}.");

        return operation switch
        {
            "SendMessage" => queue.Send(request),
            "SendMessageBatch" => queue.SendBatch(request),
            "ReceiveMessage" => await queue.ReceiveAsync(request, _stopping.Token),
            "DeleteMessage" => [],
            _ => throw new ArgumentException($"{operation} is not known here."),
        };
    }

    private static async Task WriteAsync(HttpListenerResponse response, JsonObject answer)
    {
        response.ContentType = "application/x-amz-json-1.0";
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()));
    }
}
