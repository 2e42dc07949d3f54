using System.Text;

namespace TraceLint.Tasks;

/// <summary>A file that several projects write in turn, although they build in parallel and in several processes.</summary>
internal static class SharedFile
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Replaces the text of a file, which no other process has open meanwhile.</summary>
    /// <param name="path">The file, which need not exist.</param>
    /// <param name="change">Takes the text, empty when there is none, and returns the new one.</param>
    /// <exception cref="IOException">The file cannot be opened, or another process keeps it open.</exception>
    public static void Update(string path, Func<string, string> change)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = Open(path, DateTime.UtcNow + s_patience);
        using var reader = new StreamReader(file, s_encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 4096, leaveOpen: true);
        var old = reader.ReadToEnd();
        var text = change(old);
        if (text != old)
        {
            var bytes = s_encoding.GetBytes(text);
            file.SetLength(0);
            file.Write(bytes, 0, bytes.Length);
        }
    }

    private static FileStream Open(string path, DateTime until)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < until && File.Exists(path))
            {
                Thread.Sleep(20);
            }
        }
    }
}
