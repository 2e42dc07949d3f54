namespace TraceLint.Package.Tests.Scene;

/// <summary>A folder of somebody who installed TraceLint, with files and <c>dotnet</c> at hand.</summary>
/// <param name="repository">Where TraceLint comes from.</param>
internal abstract class ConsumerFolder(PackedRepository repository)
{
    public string Folder { get; } = repository.NewFolder();

    public void Write(string file, string content)
    {
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public string PathOf(string file) => Path.Combine(Folder, file);

    public Task<string> RunAsync(params string[] arguments) => repository.Dotnet.RunAsync(Folder, arguments);

    /// <summary>The same for a run that must fail.</summary>
    public Task<string> FailAsync(params string[] arguments) => repository.Dotnet.FailAsync(Folder, arguments);
}
