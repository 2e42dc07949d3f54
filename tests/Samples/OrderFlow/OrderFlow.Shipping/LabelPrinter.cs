using System.Diagnostics;
using System.Globalization;

namespace OrderFlow.Shipping;

/// <summary>Prints labels with the printer's own program.</summary>
internal static class LabelPrinter
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "OrderFlow.Printer.dll");

    public static async Task PrintAsync(Label label, CancellationToken cancellationToken)
    {
        using var printer = Process.Start("dotnet", [s_program, label.Customer, label.Parcel.ToString(CultureInfo.InvariantCulture)]);
        await printer.WaitForExitAsync(cancellationToken);
        if (printer.ExitCode != 0)
            throw new InvalidOperationException($"The printer ended with {printer.ExitCode}.");
    }
}
