using Live800.Portal.Data;
using Live800.Portal.Identity;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Tests.Identity;

public sealed class PasskeyPlaceTests
{
    [Theory]
    [InlineData("http://chat.example.com", false, "chat.example.com", "http://chat.example.com")]
    [InlineData("https://192.168.1.5", false, "192.168.1.5", "https://192.168.1.5")]
    [InlineData("http://192.168.1.5:5080", false, "192.168.1.5", "http://192.168.1.5:5080")]
    [InlineData("https://chat.example.com", true, "chat.example.com", "https://chat.example.com")]
    [InlineData("https://Chat.Example.com:443/desk/", true, "chat.example.com", "https://chat.example.com")]
    [InlineData("https://chat.example.com:8443", true, "chat.example.com", "https://chat.example.com:8443")]
    [InlineData("https://客服.example", true, "xn--ubtq9x.example", "https://xn--ubtq9x.example")]
    [InlineData("http://localhost:5080", true, "localhost", "http://localhost:5080")]
    [InlineData("http://127.0.0.1:5080", true, "localhost", "http://localhost:5080")]
    [InlineData("http://[::1]:5080", true, "localhost", "http://localhost:5080")]
    public void Passkeys_are_made_for_the_portals_own_name(string address, bool possible, string host, string origin)
    {
        var place = new PasskeyPlace(new PublicAddress(Options.Create(new PortalOptions { PublicUrl = address })));
        Assert.Equal((possible, host, origin), (place.IsPossible, place.Host, place.Origin));
    }
}
