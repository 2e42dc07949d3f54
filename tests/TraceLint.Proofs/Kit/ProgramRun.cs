using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using TraceLint.Proofs.Parts;

namespace TraceLint.Proofs.Kit;

/// <summary>
/// Runs a compiled program: calls <c>RunAsync</c> of its class <c>Service</c> under a span called "root", hands it the
/// parts its parameters ask for, and afterwards receives whatever it sent. A program that asks for something that was
/// received runs on its own, and what it receives was sent under a span called "publish".
/// </summary>
internal static class ProgramRun
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // What a listener hears of is the whole process's.
    private static readonly SemaphoreSlim s_turn = new(1);

    /// <summary>Runs a program.</summary>
    /// <param name="image">The program.</param>
    /// <param name="dialect">Whether the SDK is there.</param>
    /// <param name="isSampled">Whether the root is.</param>
    /// <param name="proof">What there is to receive.</param>
    /// <returns>The spans, in the order in which they started.</returns>
    public static async Task<IReadOnlyCollection<RecordedSpan>> Of(byte[] image, Dialect dialect, bool isSampled, Proof proof)
    {
        await s_turn.WaitAsync();
        var context = new AssemblyLoadContext("Service", isCollectible: true);
        context.Resolving += LambdaStub.Load;
        try
        {
            using var assembly = new MemoryStream(image);
            var service = context.LoadFromStream(assembly).GetType("Service", throwOnError: true)!;
            return await Task.Run(() => RunAsync(service.GetMethod("RunAsync")!, dialect, isSampled, proof)).WaitAsync(s_patience);
        }
        finally
        {
            context.Unload();
            s_turn.Release();
        }
    }

    private static async Task<IReadOnlyCollection<RecordedSpan>> RunAsync(MethodInfo program, Dialect dialect, bool isSampled, Proof proof)
    {
        using var parts = new PartsOfRun(program.GetParameters());
        using var recorder = new SpanRecorder(dialect);
        using (var root = Origin.StartRequest(isSampled))
        {
            if (parts.Incoming is { } inlet)
            {
                using (Origin.Source.StartActivity("publish", ActivityKind.Producer))
                {
                    for (var i = 0; i < proof.Incoming; i++)
                    {
                        await inlet.SendAsync($"message {i}", Wire.Headers(proof.IsForwarded));
                    }
                }

                Origin.Leave();
            }

            try
            {
                await InvokeAsync(program, [.. program.GetParameters().Select(parts.ArgumentFor)]);
            }
            catch (Exception exception)
            {
                RecordedSpan.Note(root, [$"throws {exception.GetType().Name}"]);
                root.SetCustomProperty(RecordedSpan.Failure, exception);
            }

            RecordedSpan.Note(root, recorder.MetricNotes);
        }

        await parts.ReceiveEverythingAsync();
        if (!proof.LeavesSpansOpen)
        {
            // Work in the background says that it is done before its span ends.
            SpinWait.SpinUntil(() => recorder.Spans.All(static span => span.Activity.IsStopped), s_patience / 2);
        }

        return recorder.Spans;
    }

    private static async Task InvokeAsync(MethodInfo program, object[] arguments)
    {
        try
        {
            await (Task)program.Invoke(Activator.CreateInstance(program.DeclaringType!), arguments)!;
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
        }
    }
}
