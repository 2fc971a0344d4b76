using Live800.Portal.Hosting;
using Microsoft.Extensions.Configuration;

namespace Live800.Portal.Tests.Hosting;

/// <summary>Settings nothing could come of are named before anything is made.</summary>
public sealed class StartSettingsTests
{
    [Theory]
    [InlineData("urls", "127.0.0.1:5080", "neither http:// nor https://")]
    [InlineData("urls", "http://*:80;localhost", "'localhost'")]
    [InlineData("urls", "ftp://localhost:21", "'ftp://localhost:21'")]
    [InlineData("urls", "http://", "a host and a port alone")]
    [InlineData("urls", "http://localhost:99999", "a host and a port alone")]
    [InlineData("urls", "http://localhost:5080/chat", "a host and a port alone")]
    [InlineData("Kestrel:Endpoints:Own:Url", "127.0.0.1:5080", "neither http:// nor https://")]
    [InlineData("Portal:PublicUrl", "chat.example.test", "Portal__PublicUrl is 'chat.example.test', which is no address that begins with https:// or http://. Set Portal__PublicUrl")]
    [InlineData("Portal:PublicUrl", "chat.example.test:443", "no address")]
    [InlineData("Portal:PublicUrl", "https://", "no address")]
    [InlineData("Portal:PublicUrl", "/chat", "no address")]
    [InlineData("Portal:PublicUrl", "https://chat.example.test/?a=b", "more in it than a host and a path")]
    public void What_is_mistyped_is_named(string name, string value, string words) => Assert.Contains(words, Wrong(name, value), StringComparison.Ordinal);

    [Theory]
    [InlineData("urls", "http://*:80; https://[::]:443;http://localhost:0;")]
    [InlineData("urls", "http://unix:/run/live800/portal.sock")]
    [InlineData("http_ports", "5080")]
    [InlineData("Portal:PublicUrl", "")]
    [InlineData("Portal:PublicUrl", " https://chat.example.test/chat/ ")]
    [InlineData("Portal:PublicUrl", "http://127.0.0.1:5080")]
    public void What_can_be_read_passes(string name, string value) => Assert.Null(Wrong(name, value));

    private static string? Wrong(string name, string value) => StartSettings.Wrong(new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build());
}
