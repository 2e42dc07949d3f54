using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace OrderFlow.Demo;

/// <summary>
/// A Kafka cluster of one broker inside this process: the mock cluster that librdkafka brings for its own tests.
/// It speaks the real protocol on a loopback port and keeps nothing.
/// </summary>
internal sealed partial class EmbeddedKafka : IDisposable
{
    private const string Librdkafka = "librdkafka";
    private const int ProducerType = 0;

    // What Confluent.Kafka tries, in its order: the first needs libsasl2, which not every machine has.
    private static readonly string[] _builds = [Librdkafka, $"centos8-{Librdkafka}", $"alpine-{Librdkafka}"];

    private readonly nint _client;
    private readonly nint _cluster;

    static EmbeddedKafka() => NativeLibrary.SetDllImportResolver(typeof(EmbeddedKafka).Assembly, Resolve);

    /// <exception cref="InvalidOperationException">librdkafka cannot start the cluster.</exception>
    public EmbeddedKafka(params ReadOnlySpan<string> topics)
    {
        _client = CreateClient();
        _cluster = rd_kafka_mock_cluster_new(_client, brokerCount: 1);
        if (_cluster == 0)
        {
            rd_kafka_destroy(_client);
            throw new InvalidOperationException("librdkafka cannot start its mock cluster.");
        }

        // A group waits three seconds for more members to join, unless told otherwise.
        WaitForTurn();
        rd_kafka_mock_group_initial_rebalance_delay_ms(_cluster, 0);
        foreach (var topic in topics)
        {
            WaitForTurn();
            rd_kafka_mock_topic_create(_cluster, topic, partitionCount: 1, replicationFactor: 1);
        }

        BootstrapServers = Marshal.PtrToStringUTF8(rd_kafka_mock_cluster_bootstraps(_cluster))!;
    }

    public string BootstrapServers { get; }

    public void Dispose()
    {
        rd_kafka_mock_cluster_destroy(_cluster);
        rd_kafka_destroy(_client);
    }

    // The cluster can miss a command that comes right after another, and then looks again only after a second.
    private static void WaitForTurn() => Thread.Sleep(1);

    private static nint CreateClient()
    {
        var error = new byte[512];
        var configuration = rd_kafka_conf_new();
        // Or it warns that it has no cluster to connect to. It is only there to hold one.
        rd_kafka_conf_set(configuration, "log_level", "3", error, (nuint)error.Length);

        var client = rd_kafka_new(ProducerType, configuration, error, (nuint)error.Length);
        if (client != 0)
            return client;

        // Only a client that was created owns its configuration.
        rd_kafka_conf_destroy(configuration);
        throw new InvalidOperationException($"librdkafka: {Encoding.UTF8.GetString(error).TrimEnd('\0')}");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Librdkafka)
            return 0;

        foreach (var build in _builds)
        {
            if (NativeLibrary.TryLoad(build, typeof(Library).Assembly, searchPath, out var handle))
                return handle;
        }

        return 0;
    }

    [LibraryImport(Librdkafka)]
    private static partial nint rd_kafka_conf_new();

    [LibraryImport(Librdkafka, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rd_kafka_conf_set(nint configuration, string name, string value, [Out] byte[] error, nuint errorSize);

    [LibraryImport(Librdkafka)]
    private static partial void rd_kafka_conf_destroy(nint configuration);

    [LibraryImport(Librdkafka)]
    private static partial nint rd_kafka_new(int type, nint configuration, [Out] byte[] error, nuint errorSize);

    [LibraryImport(Librdkafka)]
    private static partial void rd_kafka_destroy(nint client);

    [LibraryImport(Librdkafka)]
    private static partial nint rd_kafka_mock_cluster_new(nint client, int brokerCount);

    [LibraryImport(Librdkafka)]
    private static partial void rd_kafka_mock_cluster_destroy(nint cluster);

    [LibraryImport(Librdkafka)]
    private static partial nint rd_kafka_mock_cluster_bootstraps(nint cluster);

    [LibraryImport(Librdkafka)]
    private static partial void rd_kafka_mock_group_initial_rebalance_delay_ms(nint cluster, int delay);

    [LibraryImport(Librdkafka, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rd_kafka_mock_topic_create(nint cluster, string topic, int partitionCount, int replicationFactor);
}
