using System.Diagnostics;

namespace Live800.Portal.Tests.Browser.Widget.Frameworks;

/// <summary>
/// The libraries as their makers publish them, put onto the <see cref="HostSite"/>. npm brings them in the versions of <c>package-lock.json</c>, once for a build folder;
/// Prototype.js, which npm does not have, is the distribution's (<c>libjs-prototype</c>, MIT). None is part of this repository or of what is shipped.
/// </summary>
public static class FrameworkLibraries
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Browser", "Widget", "Frameworks");
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>A page of this folder as it was written.</summary>
    public static Task<string> PageAsync(string name) => File.ReadAllTextAsync(Path.Combine(Folder, name + ".html"));

    /// <summary>Puts those of npm onto a site: <c>/react.js</c> (development builds, which complain), <c>/vue.js</c>, <c>/jquery.js</c>, <c>/turbo.js</c>.</summary>
    public static async Task PutOnAsync(HostSite site)
    {
        await Installed.Value;
        site.PutScript("react.js", await ReactAsync());
        site.PutScript("vue.js", await OfNpmAsync("vue/dist/vue.global.prod.js"));
        site.PutScript("jquery.js", await OfNpmAsync("jquery/dist/jquery.js"));
        site.PutScript("turbo.js", await OfNpmAsync("@hotwired/turbo/dist/turbo.es2017-umd.js"));
    }

    /// <summary>Puts <c>/prototype.js</c> onto a site.</summary>
    public static async Task PutPrototypeOnAsync(HostSite site)
    {
        var file = Environment.GetEnvironmentVariable("LIVE800_PROTOTYPE") is { Length: > 0 } path ? path : "/usr/share/javascript/prototype/prototype.js";
        Assert.True(File.Exists(file), $"{file} is missing: install libjs-prototype, or name a Prototype.js 1.7 in LIVE800_PROTOTYPE.");
        site.PutScript("prototype.js", await File.ReadAllTextAsync(file));
    }

    /// <summary>React has no build for browsers any more, only CommonJS modules: they are put into one script that hands them to each other.</summary>
    private static async Task<string> ReactAsync()
    {
        const string files = "scheduler/cjs/scheduler react/cjs/react react-dom/cjs/react-dom react-dom/cjs/react-dom-client";
        var modules = await Task.WhenAll(files.Split(' ').Select(async file => $"'{file.Split('/')[^1].Replace("-client", "/client", StringComparison.Ordinal)}'(require, module, exports) {{\n{await OfNpmAsync(file + ".development.js")}\n}}"));
        return $$"""
            (() => {
            const process = { env: { NODE_ENV: "development" } }, made = {}, modules = { {{string.Join(',', modules)}} };
            const require = name => {
              if (!made[name]) modules[name](require, made[name] = { exports: {} }, made[name].exports);
              return made[name].exports;
            };
            window.React = require("react");
            window.ReactDOM = require("react-dom/client");
            })();
            """;
    }

    private static Task<string> OfNpmAsync(string path) => File.ReadAllTextAsync(Path.Combine(Folder, "node_modules", path));

    private static async Task InstallAsync()
    {
        var done = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (done.Exists && done.LastWriteTimeUtc > File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))) return;
        var start = new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var npm = Process.Start(start)!;
        var said = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        Assert.True(npm.ExitCode == 0, "npm ci failed: " + string.Join('\n', said));
    }
}
