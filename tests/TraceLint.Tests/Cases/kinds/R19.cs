// The system attributes of SQS never have a traceparent.
namespace Kinds;
internal sealed class R19(Store store)
{
    public void Handle(Amazon.SQS.Model.Message message)
    {
        message.Attributes.TryGetValue("traceparent", out var parent);
        using var activity = T.Source.StartActivity("job", ActivityKind.Consumer, parent);
        store.Save(message.Body);
    }
}
