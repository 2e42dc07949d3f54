using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TraceLint.Proofs.Parts;

/// <summary>The batch operations of SQS: one answer an entry, and errors about the batch as a whole.</summary>
internal static partial class SqsBatch
{
    private const int MostEntries = 10;

    /// <exception cref="SqsException">The batch is empty, too long, or its ids are no ids.</exception>
    public static JsonObject Each(JsonObject request, Func<JsonObject, JsonObject> operation)
    {
        var entries = (request["Entries"] as JsonArray ?? []).Select(static entry => entry!.AsObject()).ToList();
        Check([.. entries.Select(static entry => $"{entry["Id"]}")]);
        var (successful, failed) = (new JsonArray(), new JsonArray());
        foreach (var entry in entries)
        {
            try
            {
                var answer = operation(entry);
                answer["Id"] = $"{entry["Id"]}";
                successful.Add(answer);
            }
            catch (SqsException exception)
            {
                failed.Add(new JsonObject { ["Id"] = $"{entry["Id"]}", ["Code"] = exception.Code, ["Message"] = exception.Message, ["SenderFault"] = true });
            }
        }

        // A list that would be empty is left out.
        var result = new JsonObject();
        if (successful.Count > 0)
        {
            result["Successful"] = successful;
        }

        if (failed.Count > 0)
        {
            result["Failed"] = failed;
        }

        return result;
    }

    private static void Check(List<string> ids)
    {
        if (ids.Count == 0)
        {
            throw new SqsException("EmptyBatchRequest", "There should be at least one entry in the request.");
        }

        if (ids.Count > MostEntries)
        {
            throw new SqsException("TooManyEntriesInBatchRequest", $"Maximum number of entries per request are {MostEntries}. You have sent {ids.Count}.");
        }

        if (ids.GroupBy(static id => id).FirstOrDefault(static same => same.Count() > 1) is { Key: var twice })
        {
            throw new SqsException("BatchEntryIdsNotDistinct", $"Id {twice} repeated.");
        }

        if (!ids.TrueForAll(static id => Id().IsMatch(id)))
        {
            throw new SqsException("InvalidBatchEntryId", "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,80}\z")]
    private static partial Regex Id();
}
