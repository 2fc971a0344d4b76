using System.Net;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Widget;

public sealed class WidgetPagesTests(SharedPortal shared) : SharedPortalTest(shared)
{
    private readonly SharedPortal _shared = shared;

    [Fact]
    public async Task An_offline_message_is_stored_once_however_often_it_is_sent_and_gives_the_row_its_name()
    {
        var id = Guid.NewGuid().ToString();
        for (var i = 0; i < 3; i++)
        {
            var reply = await Visitor.PostAsync("offline", ("id", id), ("name", "王女士"), ("contact", "wang@example.com"), ("x", "请回电"));
            Assert.Equal(HttpStatusCode.NoContent, reply.Status);
        }

        using var context = Portal.Read();
        var message = await context.OfflineMessages.SingleAsync(row => row.CompanyId == Site.Company);
        Assert.Equal(("王女士", "wang@example.com", "请回电"), (message.Name, message.Contact, message.Text));
        using var trail = Portal.ReadTrail();
        Assert.Equal("王女士", (await trail.Visitors.SingleAsync(row => row.CompanyId == Site.Company)).GivenName);
    }

    [Fact]
    public async Task Without_JavaScript_the_full_page_chat_is_a_form_that_takes_a_message()
    {
        using var client = Portal.Client(Address);
        var page = await client.GetStringAsync($"/chat/{Site.Code}");
        Assert.Contains("<noscript>", page, StringComparison.Ordinal);

        using var blank = new FormUrlEncodedContent([new("id", Guid.NewGuid().ToString()), new("name", "<b>李</b>"), new("contact", "li@example.com"), new("x", " ")]);
        using var refused = await client.PostAsync($"/chat/{Site.Code}", blank);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("&lt;b&gt;李&lt;/b&gt;", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var filled = new FormUrlEncodedContent([new("name", "李"), new("contact", "li@example.com"), new("x", "请回电")]);
        using var taken = await client.PostAsync($"/chat/{Site.Code}", filled);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        using var context = Portal.Read();
        Assert.Equal("请回电", (await context.OfflineMessages.SingleAsync(row => row.CompanyId == Site.Company)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/chat/nobody", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task The_icon_is_drawn_as_things_are_and_is_small()
    {
        using var client = Portal.Client(Address);
        var quiet = await _shared.NewSiteAsync();
        var online = await client.GetStringAsync($"/w/{Site.Code}/icon/1");
        Assert.Contains("在线客服", online, StringComparison.Ordinal);
        Assert.Contains("请留言", await client.GetStringAsync($"/w/{quiet.Code}/icon/1"), StringComparison.Ordinal);
        Assert.Equal(online, await client.GetStringAsync($"/w/{quiet.Code}/icon/1?s=1"));
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(online), 200, 1024);
        foreach (var unknown in new[] { $"/w/{Site.Code}/icon/2", $"/w/{Site.Code}/icon/0", $"/w/{Site.Code}/icon/abc", "/w/nobody/icon/1" })
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(unknown, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task The_frame_is_one_page_without_inline_script()
    {
        using var client = Portal.Client(Address);
        using var answer = await client.GetAsync(new Uri($"/w/{Site.Code}/frame?lang=en", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("unsafe-inline", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task No_visitors_answer_carries_a_cookie()
    {
        using var content = new FormUrlEncodedContent([new("p", Visitor.Pass), new("k", "p1"), new("c", "")]);
        using var answer = await Visitor.Http.PostAsync($"/w/{Site.Code}/poll", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }
}
