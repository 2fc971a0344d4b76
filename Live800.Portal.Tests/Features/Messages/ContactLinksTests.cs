using Live800.Portal.Features.Messages;

namespace Live800.Portal.Tests.Features.Messages;

/// <summary>A stranger typed the contact: it leads to a letter, to a call, or nowhere.</summary>
public sealed class ContactLinksTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("wx: xiaomeng", null)]
    [InlineData("1234", null)]
    [InlineData("12345678901234567890", null)]
    [InlineData("138;ext=1", null)]
    [InlineData("a@example.com?bcc=b@example.com", null)]
    [InlineData("a@example.com, b@example.com", null)]
    [InlineData(" Wang+shop@Example.com ", "mailto:wang%2Bshop@example.com")]
    [InlineData("+86 (571) 8888-1234", "tel:+8657188881234")]
    [InlineData("13800001234", "tel:13800001234")]
    public void Only_letters_and_calls_are_links(string contact, string? link) => Assert.Equal(link, ContactLinks.Of(contact));
}
