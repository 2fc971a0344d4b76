using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Agents;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Permissions;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Permissions;

/// <summary>Templates of rights, and nobody who gives himself more than he has (S2.17).</summary>
public sealed class PermissionDeskTests : IAsyncLifetime, IAsyncDisposable
{
    private AccountBox _box = null!;
    private AgentRole _lead;
    private CurrentAgent _leader = null!;

    private PermissionDesk Desk => _box.Portal.Get<PermissionDesk>();

    private PermissionQueries Queries => _box.Portal.Get<PermissionQueries>();

    public async Task InitializeAsync()
    {
        _box = await AccountBox.OpenAsync();
        _lead = (await Desk.MakeAsync(_box.Administrator, " Team lead ", AgentRole.Agent)).Value;
        var leader = await _box.AgentAsync("leader");
        Assert.False((await _box.Roster.BecomeAsync(_box.Administrator, leader, _lead)).IsRefused);
        await GiveAsync(_lead, PermissionSet.Of(Permission.Agents, Permission.History));
        _leader = await _box.SignInAsync("leader");
    }

    public async Task DisposeAsync() => await _box.DisposeAsync();

    async ValueTask IAsyncDisposable.DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task S2_17_Who_looks_after_agents_gives_nobody_more_than_he_has_himself_included()
    {
        var weak = await _box.AgentAsync("weak");
        var bare = (await Desk.MakeAsync(_box.Administrator, "Bare", AgentRole.Agent)).Value;
        await GiveAsync(bare, PermissionSet.Of(Permission.History));
        Assert.False((await _box.Roster.BecomeAsync(_box.Administrator, weak, bare)).IsRefused);

        foreach (var role in new[] { AgentRole.Administrator, AgentRole.Supervisor, AgentRole.Agent })
        {
            Assert.Equal(Refusal.MoreRightsThanYours, (await _box.Roster.BecomeAsync(_leader, weak, role)).Refusal);
            Assert.Equal(Refusal.MoreRightsThanYours, (await _box.Roster.BecomeAsync(_leader, _leader.AgentId, role)).Refusal);
            Assert.Equal(Refusal.MoreRightsThanYours, (await _box.Roster.CreateAsync(_leader, new AgentForm { Name = "puppet", DisplayName = "puppet", SetByLink = true, Role = role })).Refusal);
        }

        // A page that lies about who asks changes nothing: the rows decide.
        var forged = _leader with { IsAdministrator = true, Rights = PermissionSet.All, Role = AgentRole.Administrator };
        Assert.Equal(Refusal.MoreRightsThanYours, (await _box.Roster.BecomeAsync(forged, weak, AgentRole.Administrator)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.SaveAsync(forged, [new TemplateWish(_lead, "Team lead", PermissionSet.All, 2)])).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.MakeAsync(forged, "Mine", AgentRole.Administrator)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.RemoveAsync(forged, bare)).Refusal);

        // Nor does he shut out or take over whoever is stronger.
        Assert.Equal(Refusal.MoreRightsThanYours, (await _box.Roster.DisableAsync(_leader, _box.Administrator.AgentId)).Refusal);
        Assert.Equal(Refusal.MoreRightsThanYours, (await _box.Roster.MakeLinkAsync(_leader, _box.Administrator.AgentId)).Refusal);
        Assert.Equal(Refusal.MoreRightsThanYours, (await _box.Roster.BecomeAsync(_leader, _box.Administrator.AgentId, bare)).Refusal);

        Assert.False((await _box.Roster.BecomeAsync(_leader, weak, _lead)).IsRefused);
        Assert.Equal(_lead, (await _box.ReadAgentAsync(weak)).Role);
        Assert.Equal(AgentRole.Administrator, (await _box.ReadAgentAsync(_box.Administrator.AgentId)).Role);
    }

    [Fact]
    public async Task S2_17_A_template_of_every_right_is_still_no_administrator()
    {
        await GiveAsync(_lead, PermissionSet.All);
        Assert.Equal(Refusal.MoreRightsThanYours, (await _box.Roster.BecomeAsync(_leader, _leader.AgentId, AgentRole.Administrator)).Refusal);
        Assert.Equal(Refusal.MoreRightsThanYours, (await _box.Roster.DisableAsync(_leader, _box.Administrator.AgentId)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.RemoveAsync(_leader, _lead)).Refusal);
        Assert.Equal(Refusal.LastAdministrator, (await _box.Roster.BecomeAsync(_box.Administrator, _box.Administrator.AgentId, _lead)).Refusal);
    }

    [Fact]
    public async Task Another_companys_templates_and_numbers_are_not_there()
    {
        var (_, stranger) = await _box.AnotherCompanyAsync();
        Assert.Equal(Refusal.TemplateUnknown, (await Desk.SaveAsync(stranger, [new TemplateWish(_lead, "Theirs", PermissionSet.None, 2)])).Refusal);
        Assert.Equal(Refusal.TemplateUnknown, (await Desk.MakeAsync(stranger, "Theirs", _lead)).Refusal);
        Assert.False((await Desk.RemoveAsync(stranger, _lead)).IsRefused);
        Assert.Equal(Refusal.TemplateUnknown, (await _box.Roster.BecomeAsync(_box.Administrator, _leader.AgentId, new AgentRole(99))).Refusal);
        Assert.Equal(Refusal.TemplateUnknown, (await Desk.SaveAsync(_box.Administrator, [new TemplateWish(AgentRole.Administrator, null, PermissionSet.None, 0)])).Refusal);
        Assert.Equal(Refusal.TemplateUnknown, (await Desk.RemoveAsync(_box.Administrator, AgentRole.Agent)).Refusal);
        Assert.Equal(PermissionSet.Of(Permission.Agents, Permission.History), (await LineAsync(_lead)).Rights);
        Assert.Equal(3, (await Queries.TemplatesAsync(stranger.CompanyId)).Count);
    }

    [Fact]
    public async Task Names_are_clean_and_single_and_a_template_in_use_stays()
    {
        foreach (var name in new[] { null, "", " \u200b ", new string('长', 41) }) Assert.Equal(Refusal.TemplateNameInvalid, (await Desk.MakeAsync(_box.Administrator, name, AgentRole.Agent)).Refusal);
        Assert.Equal(Refusal.TemplateNameTaken, (await Desk.MakeAsync(_box.Administrator, "team LEAD", AgentRole.Agent)).Refusal);
        Assert.Equal("Team lead", (await LineAsync(_lead)).Name);
        Assert.Equal(Refusal.TemplateInUse, (await Desk.RemoveAsync(_box.Administrator, _lead)).Refusal);

        // Disabled ones count: enabled again, they would hold what is not there.
        Assert.False((await _box.Roster.DisableAsync(_box.Administrator, _leader.AgentId)).IsRefused);
        Assert.Equal(Refusal.TemplateInUse, (await Desk.RemoveAsync(_box.Administrator, _lead)).Refusal);
        Assert.False((await _box.Roster.BecomeAsync(_box.Administrator, _leader.AgentId, AgentRole.Agent)).IsRefused);
        Assert.False((await Desk.RemoveAsync(_box.Administrator, _lead)).IsRefused);
        Assert.False((await Desk.RemoveAsync(_box.Administrator, _lead)).IsRefused);

        foreach (var number in Enumerable.Range(0, PermissionTemplate.MostOwn)) Assert.False((await Desk.MakeAsync(_box.Administrator, $"T{number}", AgentRole.Agent)).IsRefused);
        Assert.Equal(Refusal.TooManyTemplates, (await Desk.MakeAsync(_box.Administrator, "One more", AgentRole.Agent)).Refusal);
    }

    [Fact]
    public async Task A_link_that_invited_to_a_removed_template_never_leads_to_the_next_one()
    {
        var gone = (await Desk.MakeAsync(_box.Administrator, "Weak", AgentRole.Agent)).Value;
        var invited = (await _box.Portal.Get<InviteDesk>().InviteAsync(_box.Administrator, [new Live800.Portal.Features.Agents.Guest("Kate", null)], gone)).Value.Single();
        Assert.False((await Desk.RemoveAsync(_box.Administrator, gone)).IsRefused);
        var next = (await Desk.MakeAsync(_box.Administrator, "Strong", AgentRole.Administrator)).Value;
        Assert.NotEqual(gone, next);
        Assert.Equal(JoinState.Withdrawn, (await _box.Portal.Get<JoinDesk>().LookAsync(invited.Link[(invited.Link.LastIndexOf('/') + 1)..])).State);
    }

    [Fact]
    public async Task Of_two_who_save_at_once_the_second_is_told_and_all_of_a_save_counts_or_nothing()
    {
        var seen = await LineAsync(AgentRole.Agent);
        var lead = await LineAsync(_lead);
        Assert.False((await Desk.SaveAsync(_box.Administrator, [new TemplateWish(AgentRole.Agent, null, seen.Rights.With(Permission.Block, false), seen.Version)])).IsRefused);
        Assert.Equal(
            Refusal.ChangedMeanwhile,
            (await Desk.SaveAsync(_box.Administrator, [new TemplateWish(_lead, "Other", PermissionSet.All, lead.Version), new TemplateWish(AgentRole.Agent, null, PermissionSet.None, seen.Version)])).Refusal);
        Assert.Equal("Team lead", (await LineAsync(_lead)).Name);
        Assert.Equal(seen.Rights.With(Permission.Block, false), (await LineAsync(AgentRole.Agent)).Rights);

        // What he ticked is put on top of what the other one stored.
        var draft = new TemplateDraft(seen);
        draft.Tick(Permission.Codes, true);
        draft.Follow(await LineAsync(AgentRole.Agent));
        Assert.False((await Desk.SaveAsync(_box.Administrator, [draft.Wish])).IsRefused);
        Assert.Equal(seen.Rights.With(Permission.Block, false).With(Permission.Codes, true), (await LineAsync(AgentRole.Agent)).Rights);
    }

    [Fact]
    public async Task Every_change_of_rights_is_in_the_audit_log_before_and_after()
    {
        await GiveAsync(_lead, PermissionSet.Of(Permission.History));
        Assert.False((await _box.Roster.BecomeAsync(_box.Administrator, _leader.AgentId, AgentRole.Supervisor)).IsRefused);
        await using var context = _box.Portal.Read();
        var entries = await context.Set<AuditEntry>().AsNoTracking().OrderBy(entry => entry.Id).ToListAsync();
        var changed = entries.Last(entry => entry.Action == AuditAction.TemplateChanged);
        Assert.Equal([new AuditChange("TemplateRights", "History, Agents", "History")], changed.Changes);
        var given = entries.Last(entry => entry.Action == AuditAction.RightsGiven);
        Assert.Equal([new AuditChange("TemplateOf", "Team lead", "Supervisor")], given.Changes);
        Assert.Contains("leader", given.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_counts_at_the_next_request_and_a_template_that_is_gone_may_nothing()
    {
        using var browser = await _box.BrowserOfAsync("leader");
        Assert.Equal(200, (int)(await browser.GetAsync("/company/agents")).Status);
        await GiveAsync(_lead, PermissionSet.Of(Permission.Codes));
        Assert.StartsWith("/not-allowed", (await browser.GetAsync("/company/agents")).Location, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await browser.GetAsync("/company/codes")).Status);
        var refused = await browser.GetAsync("/not-allowed");
        Assert.Contains("linxiao", refused.Text, StringComparison.Ordinal);
        Assert.Contains("linxiao", (await browser.GetAsync("/profile")).Text, StringComparison.Ordinal);
        Assert.Equal(PermissionSet.None, PermissionTemplate.RightsOf(new AgentRole(55), null));
        Assert.Equal(PermissionSet.All, PermissionTemplate.RightsOf(AgentRole.Administrator, 0));
    }

    private async Task<TemplateLine> LineAsync(AgentRole role) => (await Queries.TemplatesAsync(_box.Company.Id)).Single(line => line.Role == role);

    private async Task GiveAsync(AgentRole role, PermissionSet rights)
    {
        var line = await LineAsync(role);
        Assert.False((await Desk.SaveAsync(_box.Administrator, [new TemplateWish(role, line.Name, rights, line.Version)])).IsRefused);
    }
}
