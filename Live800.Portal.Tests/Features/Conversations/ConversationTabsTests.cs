using Bunit;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Conversations;

public class ConversationTabsTests : ComponentTest
{
    [Fact]
    public void Unread_lines_are_counted_on_the_tabs_that_are_not_read_now()
    {
        var tabs = Page.Render<ConversationTabs>(part => part.Add(p => p.Tabs, [Tab(1, unread: 3), Tab(2, unread: 120), Tab(3)]).Add(p => p.Current, new ConversationId(1)));
        Assert.Equal(["", "99+", ""], tabs.FindAll("li").Select(tab => tab.QuerySelector(".count")?.TextContent ?? ""));
        Assert.Equal(["true", null, null], tabs.FindAll("button.tab").Select(tab => tab.GetAttribute("aria-current")));
    }

    [Fact]
    public void Only_an_ended_conversation_can_be_closed()
    {
        var ended = Tab(2, isOpen: false);
        var closed = new List<ConversationTab>();
        var tabs = Page.Render<ConversationTabs>(part => part.Add(p => p.Tabs, [Tab(1), ended]).Add(p => p.OnClose, closed.Add));
        Assert.Single(tabs.FindAll("button[aria-label^='关闭']")).Click();
        Assert.Equal([ended], closed);
    }

    [Fact]
    public void The_shortcut_leads_to_what_is_unread_first_and_else_round_and_round()
    {
        Assert.Null(ConversationTab.After([], null));
        Assert.Equal(4, Next(1, Tab(1), Tab(2), Tab(3), Tab(4, unread: 1)));
        Assert.Equal(2, Next(1, Tab(1, unread: 5), Tab(2), Tab(3)));
        Assert.Equal(1, Next(3, Tab(1), Tab(2), Tab(3)));
        Assert.Equal(1, Next(null, Tab(1), Tab(2)));
    }

    private static long? Next(long? current, params ConversationTab[] tabs) => ConversationTab.After(tabs, current is { } id ? new ConversationId(id) : null)?.Id.Value;

    private static ConversationTab Tab(long id, int unread = 0, bool isOpen = true) => new(new ConversationId(id), new VisitorId(id), "访客", $"#{id}", isOpen, unread);
}
