using Microsoft.CodeAnalysis;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>The types of an AWS message service. SQS and SNS have the same shape.</summary>
/// <param name="SingleName">The name of the method that sends one message, without <c>Async</c>.</param>
/// <param name="BatchName">The name of the method that sends several messages, without <c>Async</c>.</param>
internal sealed record AwsService(
    string SingleName,
    string BatchName,
    INamedTypeSymbol Client,
    INamedTypeSymbol Request,
    INamedTypeSymbol BatchRequest,
    INamedTypeSymbol BatchEntry,
    INamedTypeSymbol AttributeValue)
{
    /// <summary>The metadata names of SQS, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Client = "Amazon.SQS.IAmazonSQS";
        public const string Request = "Amazon.SQS.Model.SendMessageRequest";
        public const string BatchRequest = "Amazon.SQS.Model.SendMessageBatchRequest";
        public const string BatchEntry = "Amazon.SQS.Model.SendMessageBatchRequestEntry";
        public const string AttributeValue = "Amazon.SQS.Model.MessageAttributeValue";
        public const string Received = "Amazon.SQS.Model.Message";
        public const string Response = "Amazon.SQS.Model.ReceiveMessageResponse";
    }

    /// <summary>The metadata names of SNS and of Lambda's events, which cannot be restored for tests.</summary>
    internal static class StubbedNames
    {
        public const string Client = "Amazon.SimpleNotificationService.IAmazonSimpleNotificationService";
        public const string Request = "Amazon.SimpleNotificationService.Model.PublishRequest";
        public const string BatchRequest = "Amazon.SimpleNotificationService.Model.PublishBatchRequest";
        public const string BatchEntry = "Amazon.SimpleNotificationService.Model.PublishBatchRequestEntry";
        public const string AttributeValue = "Amazon.SimpleNotificationService.Model.MessageAttributeValue";
        public const string ReceivedByLambda = "Amazon.Lambda.SQSEvents.SQSEvent+SQSMessage";
    }

    /// <summary>Code that publishes contains one of these words: the library's name or a method name that is unique to it.</summary>
    public static readonly string[] Words = ["Amazon", "SendMessage", "SendMessageAsync", "SendMessageBatch", "SendMessageBatchAsync"];

    /// <summary>Whether collections are null until they are set, as they are since version 4 of the SDK.</summary>
    public bool HasNullCollections => Client.ContainingAssembly.Identity.Version.Major >= 4;

    /// <summary>SQS in a compilation; null when it is not referenced.</summary>
    public static AwsService? Sqs(Compilation compilation)
        => Of(
            compilation,
            "SendMessage",
            "SendMessageBatch",
            Names.Client,
            Names.Request,
            Names.BatchRequest,
            Names.BatchEntry,
            Names.AttributeValue);

    /// <summary>SNS in a compilation; null when it is not referenced or too old to have batches.</summary>
    public static AwsService? Sns(Compilation compilation)
        => Of(
            compilation, "Publish", "PublishBatch",
            StubbedNames.Client, StubbedNames.Request, StubbedNames.BatchRequest, StubbedNames.BatchEntry, StubbedNames.AttributeValue);

    private static AwsService? Of(
        Compilation compilation,
        string single,
        string batch,
        string client,
        string request,
        string batchRequest,
        string batchEntry,
        string attributeValue)
        => compilation.TypeNamed(client) is { } clientType
            && compilation.TypeNamed(request) is { } requestType
            && compilation.TypeNamed(batchRequest) is { } batchRequestType
            && compilation.TypeNamed(batchEntry) is { } batchEntryType
            && compilation.TypeNamed(attributeValue) is { } valueType
                ? new AwsService(single, batch, clientType, requestType, batchRequestType, batchEntryType, valueType)
                : null;
}
