using System.Diagnostics;
using System.Threading.Channels;
using Decoys.Platform;

namespace Decoys.Lifetimes;

/// <summary>Iterators whose spans do not cross a yield, or are given back after it.</summary>
internal sealed class Streams(ChannelReader<string> scans)
{
    public async IAsyncEnumerable<string> PagesAsync()
    {
        for (var page = 0; page < 3; page++)
        {
            string text;
            using (Telemetry.Source.StartActivity("page"))
            {
                text = await LoadAsync(page);
            }

            yield return text;
        }
    }

    public async IAsyncEnumerable<string> RestoredAsync()
    {
        using var activity = Telemetry.Source.StartActivity("restored");
        for (var page = 0; page < 3; page++)
        {
            yield return await LoadAsync(page);
            Activity.Current = activity ?? Activity.Current;
        }
    }

    public async IAsyncEnumerable<string> AllAtOnceAsync()
    {
        using var activity = Telemetry.Source.StartActivity("all");
        var pages = await Task.WhenAll(LoadAsync(0), LoadAsync(1));
        foreach (var page in pages)
            yield return page;
    }

    public async IAsyncEnumerable<string> ScansAsync()
    {
        using var activity = Telemetry.Source.StartActivity("scans");
        await foreach (var scan in scans.ReadAllAsync())
            yield return scan;
    }

    public IEnumerable<string> Labels(IEnumerable<string> parcels)
    {
        List<string> labels = [];
        using (Telemetry.Source.StartActivity("labels"))
        {
            labels.AddRange(parcels);
        }

        foreach (var label in labels)
            yield return label;
    }

    public string[] Sorted(IEnumerable<string> parcels) => Sort(parcels).ToArray();

    public IEnumerable<Action> Actions()
    {
        yield return () =>
        {
            using var activity = Telemetry.Source.StartActivity("action");
            activity?.SetTag("ran", true);
        };
    }

    private static IEnumerable<string> Sort(IEnumerable<string> parcels)
    {
        using var activity = Telemetry.Source.StartActivity("sort");
        foreach (var parcel in parcels.Order())
            yield return parcel;
    }

    private static async Task<string> LoadAsync(int page)
    {
        await Task.Delay(page);
        return $"page {page}";
    }
}
