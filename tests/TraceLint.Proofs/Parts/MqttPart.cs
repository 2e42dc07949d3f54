using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Server;
using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Parts;

/// <summary>MQTTnet's client, connected to MQTTnet's broker in this process.</summary>
internal sealed class MqttPart : IDisposable
{
    private const string End = "end";

    private readonly MqttServer _broker;
    private readonly BlockingCollection<MqttApplicationMessage> _published = [];

    public MqttPart()
    {
        (_broker, var port) = StartBroker();
        _broker.InterceptingPublishAsync += published =>
        {
            _published.Add(published.ApplicationMessage);
            return Task.CompletedTask;
        };
        Client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer(IPAddress.Loopback.ToString(), port).WithProtocolVersion(MqttProtocolVersion.V500).Build();
        Client.ConnectAsync(options).GetAwaiter().GetResult();
    }

    public IMqttClient Client { get; }

    /// <summary>Processes every message that the program has published, in a span that is called like the topic.</summary>
    public async Task ReceiveEverythingAsync()
    {
        // The broker reads what a client sends in its order.
        await Client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(End).Build());
        foreach (var message in _published.GetConsumingEnumerable().TakeWhile(static message => message.Topic != End))
        {
            Wire.Process(message.Topic, [.. (message.UserProperties ?? []).Select(static property => (property.Name, (string?)Encoding.UTF8.GetString(property.ValueBuffer.Span)))]);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        _broker.StopAsync(new MqttServerStopOptions()).GetAwaiter().GetResult();
        _broker.Dispose();
        _published.Dispose();
    }

    // The broker cannot be told to take any port; one that was free may be taken by now.
    private static (MqttServer Broker, int Port) StartBroker()
    {
        while (true)
        {
            var port = FreePort();
            var broker = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
                .WithDefaultEndpoint().WithDefaultEndpointPort(port)
                .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None)
                .Build());
            try
            {
                broker.StartAsync().GetAwaiter().GetResult();
                return (broker, port);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                broker.Dispose();
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
