using System.Xml;
using Microsoft.Build.Framework;

namespace TraceLint.Tasks;

/// <summary>A task of the package. A file that cannot be read or written is an error of the build, with its name.</summary>
public abstract class PackageTask : ITask
{
    /// <inheritdoc/>
    public IBuildEngine BuildEngine { get; set; } = null!;

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <inheritdoc/>
    public bool Execute()
    {
        try
        {
            Run();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException or ArgumentException)
        {
            BuildEngine.LogErrorEvent(new BuildErrorEventArgs(
                "", "TL9001", BuildEngine.ProjectFileOfTaskNode, 0, 0, 0, 0, $"{What}: {exception.Message}", "", "TraceLint"));
            return false;
        }
    }

    /// <summary>What failed, when something does.</summary>
    protected abstract string What { get; }

    /// <summary>Does the work.</summary>
    protected abstract void Run();

    /// <summary>Says something that a build shows.</summary>
    protected void Say(string message)
        => BuildEngine.LogMessageEvent(new BuildMessageEventArgs(message, "", "TraceLint", MessageImportance.High));
}
