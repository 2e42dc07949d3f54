namespace TraceLint.Model;

/// <summary>Whether a value is a received message or holds several.</summary>
internal enum ReceivedRole
{
    None,

    /// <summary>One message.</summary>
    Message,

    /// <summary>Several messages: a collection of messages, or a response or event that has one.</summary>
    Batch,

    /// <summary>A message that was received or is to be sent: both have the same type.</summary>
    Either,
}
