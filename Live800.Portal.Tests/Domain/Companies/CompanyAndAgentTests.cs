using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Tests.Domain.Packages;

namespace Live800.Portal.Tests.Domain.Companies;

/// <summary>Companies and agents: S1.3, S2.17, S4.8 to S4.10, rule 3.10.</summary>
public class CompanyAndAgentTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("清风家居")]
    [InlineData("Qingfeng")]
    [InlineData("qing feng")]
    [InlineData("qingfeng\n")]
    [InlineData("qingfeng/..")]
    [InlineData("abcdefghijklmnopqrstu")]
    public void A_malformed_company_ID_is_refused(string code) =>
        Assert.Equal(Refusal.CompanyCodeInvalid, Company.Register(new(1), code, "清风家居", "Asia/Shanghai", Now).Refusal);

    [Theory]
    [InlineData("")]
    [InlineData("  \t ")]
    [InlineData("\u200B\u200D")]
    public void A_name_without_anything_visible_is_refused(string name) =>
        Assert.Equal(Refusal.CompanyNameInvalid, Company.Register(new(1), "qingfeng", name, "Asia/Shanghai", Now).Refusal);

    [Fact]
    public void A_name_may_have_64_characters_and_no_more()
    {
        var company = Company.Register(new(1), "qingfeng", new string('清', 64), "Asia/Shanghai", Now).Value;
        Assert.Equal(Refusal.CompanyNameInvalid, company.Rename(new string('清', 65)).Refusal);
        Assert.Equal(64, company.Name.Length);
    }

    [Theory]
    [InlineData("red")]
    [InlineData("#fff")]
    [InlineData("#12345g")]
    [InlineData("#123456;background:url(x)")]
    public void A_colour_that_is_none_is_refused(string colour)
    {
        var company = Company.Register(new(1), "qingfeng", "清风家居", "Asia/Shanghai", Now).Value;
        Assert.Equal(Refusal.ColourInvalid, company.Appear(new Appearance { Colour = colour }).Refusal);
        Assert.Equal(CompanySettings.DefaultColour, company.Settings.Colour);
        Assert.False(company.Appear(new Appearance { Colour = "#A1b2C3", Welcome = "您好" }).IsRefused);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a b")]
    [InlineData("lin/xiao")]
    [InlineData("-lin")]
    [InlineData("lin\u202Exiao")]
    [InlineData("<script>")]
    public void A_malformed_agent_ID_is_refused(string name) => Assert.Equal(Refusal.AgentNameInvalid, New(name).Refusal);

    [Theory]
    [InlineData("x")]
    [InlineData("x@y")]
    [InlineData("x y@example.com")]
    [InlineData("x@y@example.com")]
    [InlineData("x@example.com\n")]
    public void What_is_no_e_mail_address_is_refused(string email)
    {
        var agent = New("linxiao", email);
        Assert.True(email.EndsWith('\n') ? !agent.IsRefused && agent.Value.Email == "x@example.com" : agent.Refusal == Refusal.EmailInvalid);
    }

    [Fact]
    public void Names_and_e_mail_are_kept_in_one_spelling()
    {
        var agent = New(" LinXiao ", " Lin@Example.COM ").Value;
        Assert.Equal(("linxiao", "lin@example.com"), (agent.Name, agent.Email));
        Assert.Equal("林小", New("林小").Value.Name);
    }

    [Fact]
    public void The_last_administrator_can_be_neither_disabled_nor_demoted()
    {
        var agent = Agent.Create(new(1), new(1), "linxiao", "林晓", null, AgentRole.Administrator, new Shop().Entitlement, 0, Now).Value;
        Assert.Equal(Refusal.LastAdministrator, agent.Disable(enabledAdministrators: 1).Refusal);
        Assert.Equal(Refusal.LastAdministrator, agent.Become(AgentRole.Agent, enabledAdministrators: 1).Refusal);
        Assert.False(agent.Become(AgentRole.Agent, enabledAdministrators: 2).IsRefused);
        Assert.False(agent.Disable(enabledAdministrators: 1).IsRefused);
    }

    [Fact]
    public void Agents_beyond_a_limit_that_sank_stay_but_none_is_added_or_enabled_again()
    {
        var shop = new Shop("2026-03-02 12:00").Monthly(10);
        var agent = shop.NewAgent(49).Value;
        Assert.Equal(Refusal.AgentLimitReached, shop.NewAgent(50).Refusal);
        shop.On("2026-04-02 12:00");
        Assert.False(agent.IsDisabled);
        Assert.Equal(Refusal.AgentLimitReached, shop.NewAgent(50).Refusal);
        Assert.False(agent.Disable(1).IsRefused);
        Assert.Equal(Refusal.AgentLimitReached, agent.Enable(shop.Entitlement, enabledAgents: 49).Refusal);
        Assert.True(agent.IsDisabled);
        Assert.False(agent.Enable(shop.Entitlement, enabledAgents: 9).IsRefused);
    }

    [Fact]
    public void Only_the_two_languages_are_kept()
    {
        var agent = New("linxiao").Value;
        agent.Speak("en");
        Assert.Equal("en", agent.Language);
        agent.Speak("xx");
        Assert.Null(agent.Language);
    }

    private static Outcome<Agent> New(string name, string? email = null) => Agent.Create(new(1), new(1), name, "客服", email, AgentRole.Agent, new Shop().Entitlement, 0, Now);
}
