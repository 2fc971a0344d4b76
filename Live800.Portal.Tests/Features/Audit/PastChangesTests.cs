using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Audit;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Invitations;
using Live800.Portal.Features.Labels;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Replies;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Audit;

/// <summary>Who changed what on a page of the company stands in the log and at the foot of that page (1).</summary>
public sealed class PastChangesTests : IAsyncLifetime, IAsyncDisposable
{
    private AccountBox _box = null!;

    private CurrentAgent Boss => _box.Administrator;

    private CompanyAudit Audit => _box.Portal.Get<CompanyAudit>();

    public async Task InitializeAsync() => _box = await AccountBox.OpenAsync();

    public async Task DisposeAsync() => await _box.DisposeAsync();

    async ValueTask IAsyncDisposable.DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task What_is_refused_or_changes_nothing_is_no_entry_and_another_companys_are_not_there()
    {
        var labels = _box.Portal.Get<LabelDesk>();
        var (_, stranger) = await _box.AnotherCompanyAsync();
        Assert.Equal(Refusal.LabelNameInvalid, (await labels.AddAsync(Boss, LabelKind.Topic, " ")).Refusal);
        Assert.False((await labels.AddAsync(stranger, LabelKind.Topic, "Theirs")).IsRefused);
        Assert.False((await labels.ConverseAsync(Boss, new ConversationWays(false, true, false, false))).IsRefused);
        Assert.Equal(Refusal.AgentUnknown, (await _box.Roster.DisableAsync(Boss, stranger.AgentId)).Refusal);
        Assert.Empty(await OfAsync("company/conversations"));
        Assert.Empty(await OfAsync("company/agents"));
        Assert.Equal(["LabelAdded Theirs"], (await Audit.LatestAsync(stranger.CompanyId, ActsOf("company/conversations"), 10)).Lines.Select(line => $"{line.Action} {line.Detail}"));
    }

    [Fact]
    public async Task Every_settings_page_tells_who_changed_it_last_before_and_after()
    {
        var labels = _box.Portal.Get<LabelDesk>();
        Assert.False((await labels.AddAsync(Boss, LabelKind.Topic, "退货")).IsRefused);
        var topic = (await _box.Portal.Get<LabelQueries>().InUseAsync(_box.Company.Id)).Single();
        Assert.False((await labels.RenameAsync(Boss, topic.Id, "退换货")).IsRefused);
        Assert.False((await labels.ConverseAsync(Boss, new ConversationWays(true, true, false, false))).IsRefused);
        Assert.False((await labels.RetireAsync(Boss, topic.Id)).IsRefused);
        Assert.Equal(
            ["LabelRetired 退换货", "ConversationWaysChanged  PreviewTyping:False>True", "LabelRenamed 退换货 LabelName:退货>退换货", "LabelAdded 退货"],
            await OfAsync("company/conversations"));

        var rules = _box.Portal.Get<RuleDesk>();
        Assert.False((await rules.AddAsync(Boss, new RuleForm("价格页", "需要帮助吗", new RuleConditions("", 0, 0, 1, 1, null), false))).IsRefused);
        var rule = Assert.Single(await _box.Portal.Get<RuleQueries>().OfAsync(_box.Company.Id));
        Assert.False((await rules.TurnAsync(Boss, rule.Id, on: !rule.IsOn)).IsRefused);
        Assert.Equal([(rule.IsOn ? "RuleTurnedOff" : "RuleTurnedOn") + " 价格页", "RuleAdded 价格页 RuleText:>需要帮助吗"], await OfAsync("company/invitations"));

        var replies = _box.Portal.Get<ReplyDesk>();
        Assert.False((await replies.AddAsync(Boss, forCompany: true, new ReplyWords("", "问候", "", "您好"))).IsRefused);
        Assert.False((await replies.AddAsync(Boss, forCompany: false, new ReplyWords("", "自己的", "", "自己的话"))).IsRefused);
        Assert.Equal(["ReplyAdded 问候 ReplyText:>您好"], await OfAsync("company/replies"));

        // A visitor's address is his, and this log forgets nothing.
        Assert.False((await _box.Portal.Get<BlockDesk>().BlockAddressAsync(Boss, "203.0.113.99", "骚扰", null)).IsRefused);
        Assert.Equal(["VisitorBlocked "], await OfAsync("company/blocks"));

        var chen = await _box.AgentAsync("chenzy");
        Assert.False((await _box.Roster.DisableAsync(Boss, chen)).IsRefused);
        Assert.False((await _box.Roster.EnableAsync(Boss, chen)).IsRefused);
        Assert.False((await _box.Roster.MakeLinkAsync(Boss, chen)).IsRefused);
        Assert.Equal(["ResetLinkMade chenzy", "AgentEnabled chenzy", "AgentDisabled chenzy", "AgentCreated chenzy"], await OfAsync("company/agents"));
        Assert.All((await Audit.LatestAsync(_box.Company.Id, ActsOf("company/agents"), 10)).Lines, line => Assert.Equal("linxiao", line.Who));
    }

    [Fact]
    public void Every_page_of_the_menu_but_the_log_and_the_first_steps_says_what_is_done_there()
    {
        Assert.Equal(["company/codes", "company/audit", "first-steps"], CompanyPages.All.Where(entry => entry.Acts.Count == 0).Select(entry => entry.Address));
    }

    private static IReadOnlyList<AuditAction> ActsOf(string page) => CompanyPages.All.Single(entry => entry.Address == page).Acts;

    private async Task<IEnumerable<string>> OfAsync(string page) => (await Audit.LatestAsync(_box.Company.Id, ActsOf(page), 10)).Lines
        .Select(line => string.Join(' ', new[] { $"{line.Action} {line.Detail}" }.Concat(line.Changes.Select(change => $"{change.What}:{change.Before}>{change.After}"))));
}
