namespace TraceLint.Rules;

/// <summary>Programs that start no spans, and arguments with which a program does not do its usual work.</summary>
internal static class KnownTools
{
    /// <summary>The names, without directory and extension.</summary>
    private static readonly HashSet<string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        // Shells and other programs that start programs: it is not visible here which.
        "bash", "cmd", "csh", "dash", "env", "explorer", "ksh", "nohup", "osascript", "powershell", "pwsh", "rundll32", "sh", "start",
        "sudo", "wscript", "cscript", "wsl", "xterm", "zsh",
        // Browsers and openers.
        "chrome", "chromium", "firefox", "msedge", "iexplore", "notepad", "open", "xdg-open", "code",
        // Version control and builds.
        "cargo", "cmake", "gcc", "g++", "clang", "cl", "csc", "git", "gh", "go", "gradle", "hg", "make", "msbuild", "mvn", "ninja",
        "nuget", "rustc", "svn", "vbc", "vswhere",
        // Packages.
        "apk", "apt", "apt-get", "brew", "choco", "dnf", "dpkg", "npm", "npx", "pip", "pip3", "pnpm", "rpm", "winget", "yarn", "yum",
        // Containers and clouds.
        "aws", "az", "docker", "docker-compose", "gcloud", "helm", "kind", "kubectl", "minikube", "podman", "terraform", "vagrant",
        // System tools.
        "arp", "attrib", "cat", "chmod", "chown", "cp", "curl", "date", "defaults", "df", "dig", "dmidecode", "dscl", "du", "echo",
        "find", "free", "getconf", "grep", "head", "hostname", "icacls", "id", "ifconfig", "ioreg", "ip", "ipconfig", "journalctl",
        "kill", "launchctl", "ldd", "ln", "locale", "ls", "lsb_release", "lscpu", "lsof", "mkdir", "mkfifo", "mklink", "mount", "mv",
        "net", "netsh", "netstat", "nslookup", "ping", "ps", "pgrep", "pkill", "reg", "regsvr32", "rm", "robocopy", "route", "sc",
        "schtasks", "security", "sed", "service", "setx", "shutdown", "sleep", "ssh", "ssh-keygen", "stat", "stty", "sw_vers",
        "sysctl", "systemctl", "systeminfo", "tail", "takeown", "tar", "taskkill", "tasklist", "tee", "top", "touch", "tput",
        "traceroute", "tr", "true", "ulimit", "uname", "unzip", "uptime", "vm_stat", "wc", "wevtutil", "wget", "where", "which",
        "whoami", "wmic", "xattr", "xargs", "zip", "7z", "7za",
        // Keys, media, documents, databases.
        "certutil", "convert", "exiftool", "ffmpeg", "ffprobe", "ghostscript", "gpg", "gs", "identify", "keytool", "libreoffice",
        "magick", "mogrify", "openssl", "pandoc", "pdftotext", "pg_dump", "pg_restore", "psql", "mysql", "mysqldump", "mongodump",
        "mongorestore", "redis-cli", "signtool", "soffice", "sqlcmd", "sqlite3", "sqlpackage", "tesseract", "wkhtmltopdf",
        "wkhtmltoimage", "youtube-dl", "yt-dlp",
        // Debuggers and profilers.
        "dotnet-counters", "dotnet-dump", "dotnet-gcdump", "dotnet-trace", "gdb", "lldb", "perf", "procdump", "strace",
    };

    // The commands of dotnet that do not run a program.
    private static readonly HashSet<string> s_sdkCommands = new(StringComparer.OrdinalIgnoreCase)
    {
        "add", "build", "build-server", "clean", "dev-certs", "ef", "format", "help", "list", "migrate", "msbuild", "new", "nuget",
        "pack", "package", "publish", "reference", "remove", "restore", "sdk", "sln", "solution", "store", "test", "tool", "user-jwts",
        "user-secrets", "vstest", "workload",
    };

    private static readonly HashSet<string> s_questions = new(StringComparer.OrdinalIgnoreCase)
    {
        "--help", "--info", "--list-runtimes", "--list-sdks", "--version", "-?", "-h", "-v", "-version", "/?", "help", "version",
    };

    /// <summary>Whether a program starts no spans.</summary>
    public static bool Contains(string name) => s_names.Contains(name);

    /// <summary>Whether <c>dotnet</c> runs one of its own commands with this argument.</summary>
    public static bool IsSdkCommand(string firstArgument) => s_sdkCommands.Contains(firstArgument) || s_questions.Contains(firstArgument);

    /// <summary>Whether a program only prints its help or version with this argument.</summary>
    public static bool IsQuestion(string firstArgument) => s_questions.Contains(firstArgument);
}
