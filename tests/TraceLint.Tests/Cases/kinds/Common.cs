// What every file of this folder is compiled with.
global using System.Diagnostics;
global using System.Text;
global using System.Text.Json;
global using System.Threading.Channels;
global using Amazon.SQS;
global using Amazon.SQS.Model;
global using Confluent.Kafka;
global using Microsoft.AspNetCore.Mvc;
namespace Kinds;

internal static class T
{
    public static readonly ActivitySource Source = new("kinds");

    public static void Inject(Headers headers) => DistributedContextPropagator.Current.Inject(
        Activity.Current, headers, static (carrier, name, value) => { ((Headers)carrier!).Remove(name); ((Headers)carrier!).Add(name, Encoding.UTF8.GetBytes(value)); });
}

internal sealed class Store { public void Save(string text) { } public Task SaveAsync(string text) => Task.CompletedTask; }
