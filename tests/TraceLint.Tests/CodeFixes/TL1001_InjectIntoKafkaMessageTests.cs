using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.CodeFixes;

public class TL1001_InjectIntoKafkaMessageTests
{
    private static Task Verify(string source, string @fixed, Setup? setup = null)
        => Verify<TL1001_KafkaPublishWithoutContext>.Fix<TL1001_InjectIntoKafkaMessage>(source, @fixed, setup);

    private static Task VerifyNoFix(string source, Setup? setup = null)
        => Verify<TL1001_KafkaPublishWithoutContext>.NoFix<TL1001_InjectIntoKafkaMessage>(source, setup);

    [Fact]
    public Task MessageInLocal() => Verify(
        Traced("""
            var message = new Message<string, string> { Value = order.Id };
            await producer.[|ProduceAsync|]("orders", message);
            """),
        Traced("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                message.Headers,
                static (headers, key, value) =>
                {
                    headers.Remove(key);
                    headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
            await producer.ProduceAsync("orders", message);
            """));

    [Fact]
    public Task HeadersThatExistAreNotCreated() => Verify(
        Traced("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers { { "type", [1] } } };

            // Off it goes.
            await producer.[|ProduceAsync|]("orders", message); // now
            """),
        Traced("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers { { "type", [1] } } };

            // Off it goes.
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                message.Headers,
                static (headers, key, value) =>
                {
                    headers.Remove(key);
                    headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
            await producer.ProduceAsync("orders", message); // now
            """));

    [Fact]
    public Task InlineMessageIsPulledOut() => Verify(
        Traced("""
            await producer.[|ProduceAsync|]("orders", new Message<string, string>
            {
                Key = order.Id,
                Value = JsonSerializer.Serialize(order),
            }, cancellation);
            """),
        Traced("""
            var message = new Message<string, string>
            {
                Key = order.Id,
                Value = JsonSerializer.Serialize(order),
                Headers = new Headers(),
            };
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                message.Headers,
                static (headers, key, value) =>
                {
                    headers.Remove(key);
                    headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
            await producer.ProduceAsync("orders", message, cancellation);
            """));

    [Fact]
    public Task SystemDiagnosticsDialect() => Verify(
        Method("""
            var message = new Message<string, string> { Value = order.Id };
            await producer.[|ProduceAsync|]("orders", message);
            """),
        Method("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
            {
                message.Headers.Remove(key);
                message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
            await producer.ProduceAsync("orders", message);
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task ExpressionBody() => Verify(
        Traced("", """
            public Task Publish(IProducer<string, string> producer, string id)
                => producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = id });
            """),
        Traced("", """
            public Task Publish(IProducer<string, string> producer, string id)
            {
                var message = new Message<string, string> { Value = id, Headers = new Headers() };
                Propagators.DefaultTextMapPropagator.Inject(
                    new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                    message.Headers,
                    static (headers, key, value) =>
                    {
                        headers.Remove(key);
                        headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                return producer.ProduceAsync("orders", message);
            }
            """));

    [Fact]
    public Task AsyncExpressionBody() => Verify(
        Method("", """
            public async Task Publish(IProducer<string, string> producer, string id) =>
                await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = id });
            """),
        Method("", """
            public async Task Publish(IProducer<string, string> producer, string id)
            {
                var message = new Message<string, string> { Value = id, Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                {
                    message.Headers.Remove(key);
                    message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                await producer.ProduceAsync("orders", message);
            }
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task ExpressionBodiedProperty() => Verify(
        Method("", """
            public IProducer<string, string>? Producer { get; init; }

            public Task Ping => Producer!.[|ProduceAsync|]("hello", new Message<string, string> { Value = "hello" });
            """),
        Method("", """
            public IProducer<string, string>? Producer { get; init; }

            public Task Ping
            {
                get
                {
                    var message = new Message<string, string> { Value = "hello", Headers = new Headers() };
                    DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                    {
                        message.Headers.Remove(key);
                        message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                    return Producer!.ProduceAsync("hello", message);
                }
            }
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task Lambda() => Verify(
        Method("""
            await Task.WhenAll(order.Lines.Select(line => producer.[|ProduceAsync|]("lines", new Message<string, string> { Value = line })));
            """),
        Method("""
            await Task.WhenAll(order.Lines.Select(line =>
            {
                var message = new Message<string, string> { Value = line, Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                {
                    message.Headers.Remove(key);
                    message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                return producer.ProduceAsync("lines", message);
            }));
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task AsyncAndVoidLambdas() => Verify(
        Method("""
            Func<Task> later = async () => await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id });
            Action now = () => producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });
            """),
        Method("""
            Func<Task> later = async () =>
            {
                var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                {
                    message.Headers.Remove(key);
                    message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                await producer.ProduceAsync("orders", message);
            };
            Action now = () =>
            {
                var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                {
                    message.Headers.Remove(key);
                    message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                producer.Produce("orders", message);
            };
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task MessageCapturedByLambda() => Verify(
        Method("""
            var message = new Message<string, string> { Value = order.Id };
            Func<Task> send = () => producer.[|ProduceAsync|]("orders", message);
            """),
        Method("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            Func<Task> send = () =>
            {
                DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                {
                    message.Headers.Remove(key);
                    message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                return producer.ProduceAsync("orders", message);
            };
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task LocalFunction() => Verify(
        Method("""
            await Publish();

            Task Publish() => producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id });
            """),
        Method("""
            await Publish();

            Task Publish()
            {
                var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                {
                    message.Headers.Remove(key);
                    message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                return producer.ProduceAsync("orders", message);
            }
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task LocalFunctionBesideAPublish() => Verify(
        Method("""
            var message = new Message<string, string> { Value = order.Id };
            producer.[|Produce|]("orders", message);

            void Again() => producer.[|Produce|]("audit", new Message<string, string> { Value = order.Id });
            """),
        Method("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
            {
                message.Headers.Remove(key);
                message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
            producer.Produce("orders", message);

            void Again()
            {
                var kafkaMessage = new Message<string, string> { Value = order.Id, Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, kafkaMessage.Headers, (_, key, value) =>
                {
                    kafkaMessage.Headers.Remove(key);
                    kafkaMessage.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                producer.Produce("audit", kafkaMessage);
            }
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task PublishInsideAnother() => Verify(
        Method("""
            producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id }, report => producer.[|Produce|]("audit", new Message<string, string> { Value = report.Key }));
            """),
        Method("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
            {
                message.Headers.Remove(key);
                message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
            producer.Produce("orders", message, report =>
            {
                var kafkaMessage = new Message<string, string> { Value = report.Key, Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, kafkaMessage.Headers, (_, key, value) =>
                {
                    kafkaMessage.Headers.Remove(key);
                    kafkaMessage.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                producer.Produce("audit", kafkaMessage);
            });
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task ElseIfAndUnbracedBodies() => Verify(
        Method("""
            foreach (var line in order.Lines)
                if (flag)
                    producer.[|Produce|]("a", new Message<string, string> { Value = line });
                else if (producer.[|ProduceAsync|]("b", new Message<string, string> { Value = line }).IsCompleted)
                    return;
            """),
        Method("""
            foreach (var line in order.Lines)
                if (flag)
                {
                    var message = new Message<string, string> { Value = line, Headers = new Headers() };
                    DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                    {
                        message.Headers.Remove(key);
                        message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                    producer.Produce("a", message);
                }
                else
                {
                    var message = new Message<string, string> { Value = line, Headers = new Headers() };
                    DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                    {
                        message.Headers.Remove(key);
                        message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                    if (producer.ProduceAsync("b", message).IsCompleted)
                        return;
                }
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task SeveralPublishesOfAMethod() => Verify(
        Method("""
            producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });
            if (flag)
                producer.[|Produce|]("audit", new Message<string, string> { Value = order.Id });
            else
                await producer.[|ProduceAsync|]("other", new Message<string, string> { Value = order.Id });
            """),
        Method("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
            {
                message.Headers.Remove(key);
                message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
            producer.Produce("orders", message);
            if (flag)
            {
                var kafkaMessage = new Message<string, string> { Value = order.Id, Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, kafkaMessage.Headers, (_, key, value) =>
                {
                    kafkaMessage.Headers.Remove(key);
                    kafkaMessage.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                producer.Produce("audit", kafkaMessage);
            }
            else
            {
                var kafkaMessage = new Message<string, string> { Value = order.Id, Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, kafkaMessage.Headers, (_, key, value) =>
                {
                    kafkaMessage.Headers.Remove(key);
                    kafkaMessage.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                await producer.ProduceAsync("other", kafkaMessage);
            }
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task TwoPublishesInOneStatement() => Verify(
        Method("""
            await Task.WhenAll(
                producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id }),
                producer.[|ProduceAsync|]("audit", new Message<string, string> { Value = order.Id }));
            """),
        Method("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
            {
                message.Headers.Remove(key);
                message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
            var kafkaMessage = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            DistributedContextPropagator.Current.Inject(Activity.Current, kafkaMessage.Headers, (_, key, value) =>
            {
                kafkaMessage.Headers.Remove(key);
                kafkaMessage.Headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
            await Task.WhenAll(
                producer.ProduceAsync("orders", message),
                producer.ProduceAsync("audit", kafkaMessage));
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task SharedHeaders() => Verify(
        Method("""
            var headers = new Headers { { "type", [1] } };
            producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id, Headers = headers });
            """),
        Method("""
            var headers = new Headers { { "type", [1] } };
            var message = new Message<string, string> { Value = order.Id, Headers = headers };
            DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
            {
                message.Headers.Remove(key);
                message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
            producer.Produce("orders", message);
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task TakenNamesAreNotShadowed() => Verify(
        Traced("""
            var (headers, key, value) = (1, 2, 3);
            var message = order.Id;
            producer.[|Produce|]("orders", new Message<string, string> { Value = message + headers + key + value });
            """),
        Traced("""
            var (headers, key, value) = (1, 2, 3);
            var message = order.Id;
            var kafkaMessage = new Message<string, string>
            {
                Value = message + headers + key + value,
                Headers = new Headers()
            };
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                kafkaMessage.Headers,
                static (carrier, name, text) =>
                {
                    carrier.Remove(name);
                    carrier.Add(name, Encoding.UTF8.GetBytes(text));
                });
            producer.Produce("orders", kafkaMessage);
            """));

    [Fact]
    public Task TargetTypedMessage() => Verify(
        Method("""
            await producer.[|ProduceAsync|](message: new() { Value = order.Id }, topic: "orders");
            """),
        Method("""
            Message<string, string> message = new() { Value = order.Id, Headers = new Headers() };
            DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
            {
                message.Headers.Remove(key);
                message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
            await producer.ProduceAsync(message: message, topic: "orders");
            """).Replace("Message<string, string> message = new", "Message<string, string> kafkaMessage = new").Replace("message.Headers", "kafkaMessage.Headers").Replace("message: message", "message: kafkaMessage"),
        Setup.SystemDiagnostics);

    [Fact]
    public Task SwitchSection() => Verify(
        Method("""
            switch (order.Id)
            {
                case "a":
                    producer.[|Produce|]("a", new Message<string, string> { Value = order.Id });
                    break;
            }
            """),
        Method("""
            switch (order.Id)
            {
                case "a":
                    var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
                    DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                    {
                        message.Headers.Remove(key);
                        message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                    producer.Produce("a", message);
                    break;
            }
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task ReturnedUsedAndAssignedResults() => Verify(
        Method("", """
            public async Task<long> Publish(IProducer<string, string> producer, string id)
            {
                var message = new Message<string, string> { Value = id };
                var result = await producer.[|ProduceAsync|]("orders", message).ConfigureAwait(false);
                return result.Offset.Value;
            }
            """),
        Method("", """
            public async Task<long> Publish(IProducer<string, string> producer, string id)
            {
                var message = new Message<string, string> { Value = id, Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                {
                    message.Headers.Remove(key);
                    message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                var result = await producer.ProduceAsync("orders", message).ConfigureAwait(false);
                return result.Offset.Value;
            }
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task UsingsAreAddedAmongTheOthers() => Verify(
        """
        // The file's header.
        using System.Threading.Tasks;
        using Confluent.Kafka;

        public class Sample
        {
            public Task Publish(IProducer<string, string> producer, Message<string, string> message)
            {
                message.Headers = new Headers();
                return producer.[|ProduceAsync|]("orders", message);
            }
        }
        """,
        """
        // The file's header.
        using System.Diagnostics;
        using System.Text;
        using System.Threading.Tasks;
        using Confluent.Kafka;
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;

        public class Sample
        {
            public Task Publish(IProducer<string, string> producer, Message<string, string> message)
            {
                message.Headers = new Headers();
                Propagators.DefaultTextMapPropagator.Inject(
                    new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                    message.Headers,
                    static (headers, key, value) =>
                    {
                        headers.Remove(key);
                        headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                return producer.ProduceAsync("orders", message);
            }
        }
        """);

    [Fact]
    public Task UsingsInsideTheNamespace() => Verify(
        """
        namespace Shop
        {
            using Confluent.Kafka;

            public class Sample
            {
                public void Publish(IProducer<string, string> producer, Message<string, string> message)
                {
                    message.Headers = new Headers();
                    producer.[|Produce|]("orders", message);
                }
            }
        }
        """,
        """
        namespace Shop
        {
            using System.Diagnostics;
            using System.Text;
            using Confluent.Kafka;

            public class Sample
            {
                public void Publish(IProducer<string, string> producer, Message<string, string> message)
                {
                    message.Headers = new Headers();
                    DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                    {
                        message.Headers.Remove(key);
                        message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                    producer.Produce("orders", message);
                }
            }
        }
        """,
        Setup.SystemDiagnostics);

    [Fact]
    public Task NoUsingsAtAll() => Verify(
        """
        // The file's header.

        // The class.
        public class Sample
        {
            public void Publish(Confluent.Kafka.IProducer<string, string> producer)
            {
                producer.[|Produce|]("orders", new Confluent.Kafka.Message<string, string> { Value = "x" });
            }
        }
        """,
        """
        // The file's header.

        using System.Diagnostics;
        using System.Text;
        using Confluent.Kafka;

        // The class.
        public class Sample
        {
            public void Publish(Confluent.Kafka.IProducer<string, string> producer)
            {
                var message = new Confluent.Kafka.Message<string, string> { Value = "x", Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                {
                    message.Headers.Remove(key);
                    message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                producer.Produce("orders", message);
            }
        }
        """,
        Setup.SystemDiagnostics);

    [Fact]
    public Task NamesThatMeanSomethingElseHereAreWrittenInFull() => Verify(
        """
        using System.Text;
        using Confluent.Kafka;
        using Fitness;

        public class Sample
        {
            public Activity? Ride { get; set; }

            public void Publish(IProducer<string, string> producer)
            {
                producer.[|Produce|]("orders", new Message<string, string> { Value = "x" });
            }
        }

        namespace Fitness
        {
            public class Activity;
        }
        """,
        """
        using System.Text;
        using Confluent.Kafka;
        using Fitness;

        public class Sample
        {
            public Activity? Ride { get; set; }

            public void Publish(IProducer<string, string> producer)
            {
                var message = new Message<string, string> { Value = "x", Headers = new Headers() };
                global::System.Diagnostics.DistributedContextPropagator.Current.Inject(
                    global::System.Diagnostics.Activity.Current,
                    message.Headers,
                    (_, key, value) =>
                    {
                        message.Headers.Remove(key);
                        message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                producer.Produce("orders", message);
            }
        }

        namespace Fitness
        {
            public class Activity;
        }
        """,
        Setup.SystemDiagnostics);

    [Fact]
    public Task UsingThatWouldMakeAnotherNameAmbiguousIsNotAdded() => Verify(
        """
        using System.Diagnostics;
        using Confluent.Kafka;
        using Shop;

        public class Sample
        {
            public string Encoder => "";

            public void Publish(IProducer<string, string> producer)
            {
                var coder = new Encoder().ToString() + Encoder;
                producer.[|Produce|]("orders", new Message<string, string> { Value = coder });
            }
        }

        namespace Shop
        {
            public class Encoder;
        }
        """,
        """
        using System.Diagnostics;
        using Confluent.Kafka;
        using Shop;

        public class Sample
        {
            public string Encoder => "";

            public void Publish(IProducer<string, string> producer)
            {
                var coder = new Encoder().ToString() + Encoder;
                var message = new Message<string, string> { Value = coder, Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                {
                    message.Headers.Remove(key);
                    message.Headers.Add(key, global::System.Text.Encoding.UTF8.GetBytes(value));
                });
                producer.Produce("orders", message);
            }
        }

        namespace Shop
        {
            public class Encoder;
        }
        """,
        Setup.SystemDiagnostics);

    [Fact]
    public Task TopLevelStatements() => Verify(
        """
        using System.Diagnostics;
        using Confluent.Kafka;

        using var activity = new ActivitySource("hello").StartActivity();
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig()).Build();
        // Hello.
        await producer.[|ProduceAsync|]("orders", new Message<Null, string> { Value = "x" });
        """,
        """
        using System.Diagnostics;
        using System.Text;
        using Confluent.Kafka;

        using var activity = new ActivitySource("hello").StartActivity();
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig()).Build();
        // Hello.
        var message = new Message<Null, string> { Value = "x", Headers = new Headers() };
        DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
        {
            message.Headers.Remove(key);
            message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
        });
        await producer.ProduceAsync("orders", message);
        """,
        Setup.SystemDiagnostics with { IsProgram = true });

    [Fact]
    public Task CSharp7() => Verify(
        """
        using Confluent.Kafka;
        using System.Threading.Tasks;

        public class Sample
        {
            public async Task Send(IProducer<string, string> producer)
            {
                await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = "x" });
            }
        }
        """,
        """
        using Confluent.Kafka;
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;
        using System.Diagnostics;
        using System.Text;
        using System.Threading.Tasks;

        public class Sample
        {
            public async Task Send(IProducer<string, string> producer)
            {
                var message = new Message<string, string> { Value = "x", Headers = new Headers() };
                Propagators.DefaultTextMapPropagator.Inject(
                    new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                    message.Headers,
                    (headers, key, value) =>
                    {
                        headers.Remove(key);
                        headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                await producer.ProduceAsync("orders", message);
            }
        }
        """,
        Setup.OpenTelemetry with { Language = LanguageVersion.CSharp7_3, Nullable = false });

    [Fact]
    public Task WindowsLineEndings() => Verify(
        Method("""
            await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id });
            """).ReplaceLineEndings("\r\n"),
        Method("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
            {
                message.Headers.Remove(key);
                message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
            await producer.ProduceAsync("orders", message);
            """).ReplaceLineEndings("\r\n"),
        Setup.SystemDiagnostics);

    [Fact]
    public Task LocalInAConditionalExpression() => Verify(
        Method("""
            var message = new Message<string, string> { Value = order.Id };
            await (flag ? producer.[|ProduceAsync|]("orders", message) : Task.CompletedTask);
            """),
        Method("""
            var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
            DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
            {
                message.Headers.Remove(key);
                message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
            await (flag ? producer.ProduceAsync("orders", message) : Task.CompletedTask);
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task ExpressionBodyOnItsOwnLines_KeepsItsShape() => Verify(
        Traced("", """
            public void Record(IProducer<string, string> producer, Order order) =>
                producer.[|Produce|]("audit", new Message<string, string>
                {
                    Value = order.Id,
                    Headers = new Headers(),
                }, report =>
                {
                    if (report.Error.IsError)
                        Console.WriteLine(report.Key);
                });
            """),
        Traced("", """
            public void Record(IProducer<string, string> producer, Order order)
            {
                var message = new Message<string, string>
                {
                    Value = order.Id,
                    Headers = new Headers(),
                };
                Propagators.DefaultTextMapPropagator.Inject(
                    new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                    message.Headers,
                    static (headers, key, value) =>
                    {
                        headers.Remove(key);
                        headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                producer.Produce("audit", message, report =>
                {
                    if (report.Error.IsError)
                        Console.WriteLine(report.Key);
                });
            }
            """));

    [Theory]
    [InlineData("""((IProducer<string, string>?)producer)?.[|Produce|]("orders", new Message<string, string> { Value = Load() });""")]
    [InlineData("""_ = flag && await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = Load() }) != null;""")]
    [InlineData("""while ((await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = Load() })).Offset < 3) { }""")]
    [InlineData("""await Task.WhenAll(from line in order.Lines select producer.[|ProduceAsync|]("lines", new Message<string, string> { Value = line }));""")]
    [InlineData("""if (int.TryParse(order.Id, out var id) == producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = $"{id}" }).IsCompleted) { }""")]
    public Task NoFixWhereTheMessageCannotBePulledOut(string statement)
        => VerifyNoFix(Method(statement, """private static string Load() => "";"""), Setup.SystemDiagnostics);

    [Fact]
    public Task NoFixInAFieldInitializer() => VerifyNoFix(Method("", """
        private static readonly IProducer<string, string> s_producer = null!;
        private readonly Task hello = s_producer.[|ProduceAsync|]("hello", new Message<string, string> { Value = "x" });
        """), Setup.SystemDiagnostics);
}
