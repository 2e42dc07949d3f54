namespace TraceLint.Model;

/// <summary>What of what was received a value holds.</summary>
internal enum ReceivedRole
{
    None,

    /// <summary>One message.</summary>
    Message,

    /// <summary>Several: a collection of them, or a response or an event that has one.</summary>
    Batch,

    /// <summary>A message that was received or is to be sent: the type is that of both.</summary>
    Either,
}
