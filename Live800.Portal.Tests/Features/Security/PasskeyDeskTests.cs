using Live800.Domain.Shared;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Security;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Security;

/// <summary>Passkeys with an authenticator of the tests' own, which can be bent.</summary>
public sealed class PasskeyDeskTests : IAsyncLifetime
{
    private AccountBox _box = null!;
    private CurrentAgent _chen = null!;

    private PasskeyDesk Desk => _box.Portal.Get<PasskeyDesk>();

    private SignInDesk SignIn => _box.Portal.Get<SignInDesk>();

    private DateTimeOffset Now => _box.Machine.GetUtcNow();

    public async Task InitializeAsync()
    {
        _box = await AccountBox.OpenAsync(settings: new Dictionary<string, string> { ["Portal:PublicUrl"] = "http://localhost" });
        _ = await _box.AgentAsync("chenzy");
        _chen = await _box.SignInAsync("chenzy");
    }

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task Without_the_password_nothing_is_asked_for_and_wrong_ones_count_as_at_the_sign_in()
    {
        foreach (var wrong in new[] { null, "", "wrong password", new string('x', 10_000), "\ud800" }) Assert.Equal(Refusal.SignInFailed, (await Desk.BeginAsync(_chen, wrong)).Refusal);
        Assert.Equal(Refusal.SignInFailed, (await Desk.BeginAsync(_chen, AccountBox.Password)).Refusal);
        _box.Machine.Advance(PortalAccount.Rest);
        Assert.False((await Desk.BeginAsync(_chen, AccountBox.Password)).IsRefused);
    }

    [Fact]
    public async Task What_is_no_answer_to_the_question_adds_nothing()
    {
        using var phone = new SoftAuthenticator();
        foreach (var bad in new[] { null, "", "{}", "[]", "null", "x", "\ud800", new string('x', 20_000), """{"id":"AA","type":"public-key","response":{},"clientExtensionResults":{}}""" })
        {
            var asked = await AskedAsync();
            Assert.Equal((Refusal.PasskeyFailed, bad), ((await Desk.AddAsync(_chen, asked.InHand, bad)).Refusal, bad));
        }

        foreach (var bend in new Action<SoftAuthenticator>[]
        {
            one => one.Origin = "https://localhost", one => one.Origin = "http://localhost:8080", one => one.Origin = "http://evil.localhost", one => one.Origin = "http://localhost.evil.example", one => one.Origin = "null",
            one => one.Origin = "", one => one.Host = "evil.example", one => one.KnowsOwner = false, one => one.IsTouched = false, one => one.IsFramed = true,
        })
        {
            using var bent = new SoftAuthenticator();
            bend(bent);
            var asked = await AskedAsync();
            Assert.Equal(Refusal.PasskeyFailed, (await Desk.AddAsync(_chen, asked.InHand, bent.Make(asked.Options))).Refusal);
        }

        // The answer to another question, and the answer of a sign-in.
        var (first, second) = (await AskedAsync(), await AskedAsync());
        Assert.Equal(Refusal.PasskeyFailed, (await Desk.AddAsync(_chen, first.InHand, phone.Make(second.Options))).Refusal);
        var third = await AskedAsync();
        _ = phone.Make(third.Options);
        Assert.Equal(Refusal.PasskeyFailed, (await Desk.AddAsync(_chen, third.InHand, phone.Sign(third.Options))).Refusal);
        Assert.Empty((await Desk.ReadAsync(_chen)).Lines);
        Assert.Empty(await AuditAsync());
    }

    [Fact]
    public async Task A_question_is_nothing_when_it_is_changed_old_anothers_of_another_sign_in_or_the_password_is_another_meanwhile()
    {
        using var phone = new SoftAuthenticator();
        var asked = await AskedAsync();
        var answer = phone.Make(asked.Options);
        var elsewhere = await _box.SignInAsync("chenzy");
        foreach (var bad in new[] { null, "", "x", asked.InHand[..^2], asked.InHand + "A", (await Desk.AskAsync()).InHand, _box.Portal.Get<TwoStepSeal>().Seal(new KeyInHand(_chen.AgentId.Value, _chen.SessionId.Value, "", "", Now.AddHours(1))) })
            Assert.Equal(Refusal.PasskeyOver, (await Desk.AddAsync(_chen, bad, answer)).Refusal);
        Assert.Equal(Refusal.PasskeyOver, (await Desk.AddAsync(_box.Administrator, asked.InHand, answer)).Refusal);
        Assert.Equal(Refusal.PasskeyOver, (await Desk.AddAsync(elsewhere, asked.InHand, answer)).Refusal);

        Assert.False((await _box.Portal.Get<PasswordDesk>().ChangeAsync(_chen, AccountBox.Password, "three old locust trees", Now)).IsRefused);
        Assert.Equal(Refusal.PasskeyOver, (await Desk.AddAsync(_chen, asked.InHand, answer)).Refusal);

        var late = (await Desk.BeginAsync(_chen, "three old locust trees")).Value;
        _box.Machine.Advance(TwoStepSeal.SignInLife);
        Assert.Equal(Refusal.PasskeyOver, (await Desk.AddAsync(_chen, late.InHand, phone.Make(late.Options))).Refusal);
        Assert.Empty((await Desk.ReadAsync(_chen)).Lines);
    }

    [Fact]
    public async Task A_question_is_answered_once_also_wrongly_and_an_authenticator_is_added_once()
    {
        using var phone = new SoftAuthenticator();
        var asked = await AskedAsync();
        var answer = phone.Make(asked.Options);
        Assert.Equal(Refusal.PasskeyFailed, (await Desk.AddAsync(_chen, asked.InHand, "{}")).Refusal);
        Assert.Equal(Refusal.PasskeyOver, (await Desk.AddAsync(_chen, asked.InHand, answer)).Refusal);
        await AddAsync(phone);
        var again = await AskedAsync();
        // The browser hears which are there, and the portal does not rely on it; nor is it another account's.
        Assert.Contains(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(phone.Id), again.Options, StringComparison.Ordinal);
        Assert.Equal(Refusal.PasskeyFailed, (await Desk.AddAsync(_chen, again.InHand, phone.Make(again.Options))).Refusal);
        var theirs = (await Desk.BeginAsync(_box.Administrator, AccountBox.Password)).Value;
        Assert.Equal(Refusal.PasskeyFailed, (await Desk.AddAsync(_box.Administrator, theirs.InHand, phone.Make(theirs.Options))).Refusal);
        Assert.Single((await Desk.ReadAsync(_chen)).Lines);
    }

    [Fact]
    public async Task An_account_has_ten_and_no_more_also_when_the_last_are_added_at_once()
    {
        var phones = Enumerable.Range(0, Passkey.Most + 1).Select(_ => new SoftAuthenticator()).ToList();
        foreach (var phone in phones.Take(Passkey.Most - 1)) await AddAsync(phone);
        var (one, other) = (await AskedAsync(), await AskedAsync());
        var outcomes = await Task.WhenAll(Desk.AddAsync(_chen, one.InHand, phones[^2].Make(one.Options)), Desk.AddAsync(_chen, other.InHand, phones[^1].Make(other.Options)));
        Assert.Equal([Refusal.None, Refusal.TooManyPasskeys], outcomes.Select(outcome => outcome.Refusal).Order());
        Assert.Equal(Refusal.TooManyPasskeys, (await Desk.BeginAsync(_chen, AccountBox.Password)).Refusal);
        Assert.True((await Desk.ReadAsync(_chen)).IsFull);
        phones.ForEach(phone => phone.Dispose());
    }

    [Fact]
    public async Task What_is_no_answer_lets_nobody_in()
    {
        using var phone = new SoftAuthenticator();
        await AddAsync(phone);
        foreach (var bad in new[] { null, "", "{}", "null", "x", "\ud800", new string('x', 20_000) }) Assert.Equal((Refusal.SignInFailed, bad), ((await Desk.SignInAsync((await Desk.AskAsync()).InHand, bad)).Refusal, bad));
        foreach (var (bend, mend) in new (Action, Action)[]
        {
            (() => phone.Origin = "http://evil.localhost", () => phone.Origin = "http://localhost"), (() => phone.Origin = "http://localhost:5080", () => phone.Origin = "http://localhost"),
            (() => phone.Host = "evil.example", () => phone.Host = "localhost"), (() => phone.KnowsOwner = false, () => phone.KnowsOwner = true), (() => phone.IsTouched = false, () => phone.IsTouched = true),
            (() => phone.IsFramed = true, () => phone.IsFramed = false),
        })
        {
            bend();
            Assert.Equal(Refusal.SignInFailed, await TryAsync(phone));
            mend();
        }

        // Another's name on the answer, none, one that is no number; another key under the same id; one nobody added.
        var mine = phone.Handle;
        foreach (var handle in new[] { null, "", "eA", Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes(_box.Administrator.AgentId.ToString())) })
        {
            phone.Handle = handle;
            Assert.Equal(Refusal.SignInFailed, await TryAsync(phone));
        }

        phone.Handle = mine;
        using var forged = new SoftAuthenticator { Id = phone.Id, Handle = mine, Count = 100 };
        using var stranger = new SoftAuthenticator { Handle = mine };
        Assert.Equal(Refusal.SignInFailed, await TryAsync(forged));
        Assert.Equal(Refusal.SignInFailed, await TryAsync(stranger));
        // A copy that is behind: a counter never goes back.
        Assert.Equal(Refusal.None, await TryAsync(phone));
        phone.Count -= 1;
        Assert.Equal(Refusal.SignInFailed, await TryAsync(phone));
        Assert.Equal(Refusal.None, await TryAsync(phone));
    }

    [Fact]
    public async Task A_question_that_was_stolen_is_old_changed_or_answered_lets_nobody_in()
    {
        using var phone = new SoftAuthenticator { Count = 0 };
        await AddAsync(phone);
        var (asked, other) = (await Desk.AskAsync(), await Desk.AskAsync());
        var answer = phone.Sign(asked.Options);
        var forNew = (await AskedAsync()).InHand;
        foreach (var bad in new[] { null, "", "x", asked.InHand[..^2], asked.InHand + "A", other.InHand, forNew }) Assert.Equal(Refusal.SignInFailed, (await Desk.SignInAsync(bad, answer)).Refusal);

        // The same answer in many browsers at once: one, and nobody afterwards.
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Desk.SignInAsync(asked.InHand, answer)));
        Assert.Equal(_chen.AgentId, Assert.Single(answers, one => !one.IsRefused).Value.AgentId);
        Assert.Equal(Refusal.SignInFailed, (await Desk.SignInAsync(asked.InHand, answer)).Refusal);
        // What was answered wrongly is over, too.
        var wrongly = await Desk.AskAsync();
        Assert.Equal(Refusal.SignInFailed, (await Desk.SignInAsync(wrongly.InHand, "{}")).Refusal);
        Assert.Equal(Refusal.SignInFailed, (await Desk.SignInAsync(wrongly.InHand, phone.Sign(wrongly.Options))).Refusal);

        var late = await Desk.AskAsync();
        _box.Machine.Advance(TwoStepSeal.SignInLife);
        Assert.Equal(Refusal.SignInFailed, (await Desk.SignInAsync(late.InHand, phone.Sign(late.Options))).Refusal);
        // Those that are over are not kept.
        Assert.Equal(Refusal.None, await TryAsync(phone));
        await using var context = _box.Portal.Read();
        Assert.Single(await context.SpentQuestions.ToListAsync());
    }

    [Fact]
    public async Task A_disabled_agent_a_resting_account_one_without_password_and_a_removed_passkey_are_refused_alike()
    {
        using var phone = new SoftAuthenticator();
        await AddAsync(phone);
        foreach (var _ in Enumerable.Range(0, PortalAccount.AttemptsBeforeRest)) Assert.True((await SignIn.SignInAsync(_box.Company.Code, "chenzy", "wrong password")).IsRefused);
        Assert.Equal(Refusal.SignInFailed, await TryAsync(phone));
        _box.Machine.Advance(PortalAccount.Rest);
        Assert.Equal(Refusal.None, await TryAsync(phone));

        Assert.False((await _box.Roster.DisableAsync(_box.Administrator, _chen.AgentId)).IsRefused);
        Assert.Equal(Refusal.SignInFailed, await TryAsync(phone));
        Assert.False((await _box.Roster.EnableAsync(_box.Administrator, _chen.AgentId)).IsRefused);
        Assert.Equal(Refusal.None, await TryAsync(phone));

        await _box.Writes.RunAsync(async (write, token) => (await write.Users.SingleAsync(user => user.Id == _chen.AgentId.Value, token)).PasswordHash = null);
        Assert.Equal(Refusal.SignInFailed, await TryAsync(phone));
        await _box.Writes.RunAsync(async (write, token) => (await write.Users.SingleAsync(user => user.Id == _chen.AgentId.Value, token)).UsePassword("x"));
        Assert.Equal(Refusal.None, await TryAsync(phone));

        Assert.False((await Desk.RemoveAsync(_chen, Assert.Single((await Desk.ReadAsync(_chen)).Lines).Id)).IsRefused);
        Assert.Equal(Refusal.SignInFailed, await TryAsync(phone));
    }

    [Fact]
    public async Task Of_a_suspended_company_only_who_has_the_passkey_hears()
    {
        var (other, wang) = await _box.AnotherCompanyAsync();
        using var phone = new SoftAuthenticator();
        await AddAsync(phone, wang);
        Assert.False((await _box.Portal.Get<CompanyBook>().SuspendAsync(_box.Administrator, other.Id)).IsRefused);
        await using var context = _box.Portal.Read();
        var before = await context.Set<SignInSession>().CountAsync();
        Assert.Equal(Refusal.CompanySuspended, await TryAsync(phone));
        using var stranger = new SoftAuthenticator { Handle = phone.Handle };
        Assert.Equal(Refusal.SignInFailed, await TryAsync(stranger));
        Assert.Equal(before, await context.Set<SignInSession>().CountAsync());
    }

    [Fact]
    public async Task It_lets_in_without_company_password_or_code_and_is_noted()
    {
        using var phone = new SoftAuthenticator();
        await AddAsync(phone, name: "  工作电脑\n ");
        await TwoStepsAsync(_chen);
        _box.Machine.Advance(TimeSpan.FromHours(1));
        var asked = await Desk.AskAsync();
        // The same for everybody: no account, no passkey is named.
        Assert.Contains("\"allowCredentials\":[]", asked.Options, StringComparison.Ordinal);
        Assert.Contains("\"userVerification\":\"required\"", asked.Options, StringComparison.Ordinal);
        var current = (await Desk.SignInAsync(asked.InHand, phone.Sign(asked.Options))).Value;
        Assert.Equal((_chen.AgentId, _chen.CompanyId, true), (current.AgentId, current.CompanyId, current.IsAgent));
        Assert.NotEqual(_chen.SessionId, current.SessionId);
        Assert.Equal(current, await SignIn.RecallAsync(current.AgentId.Value, current.SessionId));
        var line = Assert.Single((await Desk.ReadAsync(_chen)).Lines);
        Assert.Equal(("工作电脑", Now.AddHours(-1), (DateTimeOffset?)Now), (line.Name, line.AddedAt, line.LastUsedAt));
        await using var context = _box.Portal.Read();
        Assert.Equal(Now, (await context.Users.SingleAsync(user => user.Id == _chen.AgentId.Value)).LastSignInAt);
        Assert.Equal($"{_box.Company.Code}/chenzy · 工作电脑", Assert.Single(await AuditAsync(), entry => entry.Action == AuditAction.PasskeyAdded).Detail);
    }

    [Fact]
    public async Task Where_two_steps_are_asked_a_passkey_is_enough_and_a_password_alone_is_not()
    {
        using var phone = new SoftAuthenticator();
        using var own = new SoftAuthenticator();
        var security = _box.Portal.Get<SecurityDesk>();
        await AddAsync(own, _box.Administrator);
        await AddAsync(phone);
        // A lost passkey would shut the company: whoever asks has recovery codes.
        Assert.Equal(Refusal.TwoStepOwnFirst, (await security.RequireAsync(_box.Administrator, TwoStepRule.Now)).Refusal);
        await TwoStepsAsync(_box.Administrator);
        Assert.False((await security.RequireAsync(_box.Administrator, TwoStepRule.Now)).IsRefused);
        Assert.Equal((2, 2), (await security.ReadAsync(_box.Company.Id)).Count);

        // Those who have just added theirs go on; who comes by the password alone waits, also with a passkey at home.
        Assert.True((await RecallAsync(_chen)).IsAgent);
        Assert.True((await RecallAsync(_box.Administrator)).IsAdministrator);
        var byPassword = await _box.SignInAsync("chenzy");
        Assert.Equal((true, false), (byPassword.MustSetUp, byPassword.IsAgent));
        var asked = await Desk.AskAsync();
        var byPasskey = (await Desk.SignInAsync(asked.InHand, phone.Sign(asked.Options))).Value;
        Assert.Equal((false, true), (byPasskey.MustSetUp, byPasskey.IsAgent));

        // The last one gone, nothing of it is left.
        Assert.False((await Desk.RemoveAsync(byPasskey, Assert.Single((await Desk.ReadAsync(_chen)).Lines).Id)).IsRefused);
        Assert.True((await RecallAsync(byPasskey)).MustSetUp);

        // Whoever waits may add one, and then goes on.
        using var next = new SoftAuthenticator();
        await AddAsync(next, byPassword);
        Assert.True((await RecallAsync(byPassword)).IsAgent);
        Assert.Equal(_box.Company.Id, Assert.Single(await AuditAsync(), entry => entry.Action == AuditAction.PasskeyRemoved).CompanyId);
    }

    [Fact]
    public async Task A_stolen_password_brings_no_passkey_and_no_key_of_the_thiefs_where_two_steps_are_asked()
    {
        using var phone = new SoftAuthenticator();
        using var thiefs = new SoftAuthenticator();
        await AddAsync(phone);
        await TwoStepsAsync(_box.Administrator);
        var thief = await _box.SignInAsync("chenzy");
        var twoSteps = _box.Portal.Get<TwoStepDesk>();
        // What he asked for before it was asked of everybody.
        var (asked, shown) = (await AskedAsync(thief), (await twoSteps.BeginAsync(thief, AccountBox.Password)).Value);
        Assert.False((await _box.Portal.Get<SecurityDesk>().RequireAsync(_box.Administrator, TwoStepRule.Now)).IsRefused);
        thief = await RecallAsync(thief);
        Assert.True(thief.MustSetUp);
        var id = Assert.Single((await Desk.ReadAsync(thief)).Lines).Id;
        Assert.Equal(Refusal.PasskeyFirst, (await Desk.BeginAsync(thief, AccountBox.Password)).Refusal);
        Assert.Equal(Refusal.PasskeyFirst, (await Desk.AddAsync(thief, asked.InHand, thiefs.Make(asked.Options))).Refusal);
        Assert.Equal(Refusal.PasskeyFirst, (await Desk.RenameAsync(thief, id, "mine")).Refusal);
        Assert.Equal(Refusal.PasskeyFirst, (await Desk.RemoveAsync(thief, id)).Refusal);
        Assert.Equal(Refusal.PasskeyFirst, (await twoSteps.BeginAsync(thief, AccountBox.Password)).Refusal);
        Assert.Equal(Refusal.PasskeyFirst, (await twoSteps.TurnOnAsync(thief, shown.InHand, new Authenticator(shown.Key).CodeAt(Now))).Refusal);
        Assert.True((await RecallAsync(thief)).MustSetUp);
        Assert.False((await twoSteps.ReadAsync(thief)).IsOn);
        // Its owner comes by it, and changes what he likes.
        var question = await Desk.AskAsync();
        var owner = (await Desk.SignInAsync(question.InHand, phone.Sign(question.Options))).Value;
        Assert.False((await Desk.RenameAsync(owner, id, "手机")).IsRefused);
        await AddAsync(thiefs, owner);
    }

    [Fact]
    public async Task In_the_days_of_grace_who_has_a_passkey_is_not_asked_to_set_up_anything()
    {
        await TwoStepsAsync(_box.Administrator);
        Assert.False((await _box.Portal.Get<SecurityDesk>().RequireAsync(_box.Administrator, TwoStepRule.Soon)).IsRefused);
        Assert.True(await _box.Portal.Get<TwoStepDesk>().IsComingAsync(_chen));
        using var phone = new SoftAuthenticator();
        await AddAsync(phone);
        Assert.False(await _box.Portal.Get<TwoStepDesk>().IsComingAsync(_chen));
    }

    [Fact]
    public async Task Anothers_passkey_is_not_there_and_a_name_is_one_short_line()
    {
        using var phone = new SoftAuthenticator();
        using var second = new SoftAuthenticator();
        await AddAsync(phone, name: new string('长', 90));
        await AddAsync(second, device: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36");
        var lines = (await Desk.ReadAsync(_chen)).Lines;
        Assert.Equal([Passkey.NameLimit, "Chrome 141 · Windows".Length], lines.Select(line => line.Name.Length).OrderDescending());
        var id = lines[0].Id;
        var (_, wang) = await _box.AnotherCompanyAsync();
        foreach (var other in new[] { _box.Administrator, wang })
        {
            Assert.Equal(Refusal.PasskeyUnknown, (await Desk.RenameAsync(other, id, "mine")).Refusal);
            Assert.Equal(Refusal.PasskeyUnknown, (await Desk.RemoveAsync(other, id)).Refusal);
            Assert.Empty((await Desk.ReadAsync(other)).Lines);
        }

        foreach (var bad in new[] { null, "", "  ", "\u200b", new string('x', Passkey.NameLimit + 1) }) Assert.Equal((Refusal.PasskeyNameInvalid, bad), ((await Desk.RenameAsync(_chen, id, bad)).Refusal, bad));
        Assert.Equal(Refusal.PasskeyUnknown, (await Desk.RenameAsync(_chen, default, "x")).Refusal);
        Assert.False((await Desk.RenameAsync(_chen, id, " 手机 ")).IsRefused);
        Assert.Equal("手机", (await Desk.ReadAsync(_chen)).Lines.Single(line => line.Id == id).Name);
    }

    [Fact]
    public async Task Removing_one_signs_out_browsers_that_came_by_a_passkey_and_no_others()
    {
        using var phone = new SoftAuthenticator();
        await AddAsync(phone);
        var asked = await Desk.AskAsync();
        var lost = (await Desk.SignInAsync(asked.InHand, phone.Sign(asked.Options))).Value;
        var byPassword = await _box.SignInAsync("chenzy");
        Assert.False((await Desk.RemoveAsync(_chen, Assert.Single((await Desk.ReadAsync(_chen)).Lines).Id)).IsRefused);
        Assert.Null(await SignIn.RecallAsync(lost.AgentId.Value, lost.SessionId));
        Assert.NotNull(await SignIn.RecallAsync(byPassword.AgentId.Value, byPassword.SessionId));
        Assert.NotNull(await SignIn.RecallAsync(_chen.AgentId.Value, _chen.SessionId));
    }

    [Fact]
    public async Task A_reset_of_a_lost_phone_removes_the_passkeys_too()
    {
        using var phone = new SoftAuthenticator();
        var security = _box.Portal.Get<SecurityDesk>();
        Assert.Equal(Refusal.TwoStepIsOff, (await security.ResetAsync(_box.Administrator, _chen.AgentId)).Refusal);
        await AddAsync(phone);
        Assert.Equal((false, 1, true), (await security.ReadAsync(_box.Company.Id)).Agents.Where(agent => agent.Id == _chen.AgentId).Select(agent => (agent.IsOn, agent.Passkeys, agent.IsReady)).Single());
        Assert.False((await security.ResetAsync(_box.Administrator, _chen.AgentId)).IsRefused);
        Assert.Equal(Refusal.SignInFailed, await TryAsync(phone));
        Assert.Null(await SignIn.RecallAsync(_chen.AgentId.Value, _chen.SessionId));
        await using var context = _box.Portal.Read();
        var entry = await context.Set<AuditEntry>().SingleAsync(entry => entry.Action == AuditAction.TwoStepReset);
        Assert.Equal([new AuditChange("Passkeys", "1", "0")], entry.Changes);
    }

    private async Task TwoStepsAsync(CurrentAgent who)
    {
        var desk = _box.Portal.Get<TwoStepDesk>();
        var shown = (await desk.BeginAsync(who, AccountBox.Password)).Value;
        Assert.False((await desk.TurnOnAsync(who, shown.InHand, new Authenticator(shown.Key).CodeAt(Now))).IsRefused);
    }

    private async Task<ShownQuestion> AskedAsync(CurrentAgent? who = null) => (await Desk.BeginAsync(who ?? _chen, AccountBox.Password)).Value;

    private async Task AddAsync(SoftAuthenticator phone, CurrentAgent? who = null, string? name = null, string? device = null)
    {
        var asked = await AskedAsync(who);
        Assert.Equal(Refusal.None, (await Desk.AddAsync(who ?? _chen, asked.InHand, phone.Make(asked.Options), name, device)).Refusal);
    }

    private async Task<Refusal> TryAsync(SoftAuthenticator phone)
    {
        var asked = await Desk.AskAsync();
        return (await Desk.SignInAsync(asked.InHand, phone.Sign(asked.Options))).Refusal;
    }

    private async Task<CurrentAgent> RecallAsync(CurrentAgent who) => (await SignIn.RecallAsync(who.AgentId.Value, who.SessionId))!;

    private async Task<List<AuditEntry>> AuditAsync()
    {
        await using var context = _box.Portal.Read();
        return await context.Set<AuditEntry>().AsNoTracking().Where(entry => entry.AccountId == _chen.AgentId.Value).OrderBy(entry => entry.Id).ToListAsync();
    }
}
