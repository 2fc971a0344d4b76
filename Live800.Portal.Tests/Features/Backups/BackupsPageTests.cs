using Bunit;
using Live800.Portal.Features.Backups;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Backups;

public sealed class BackupsPageTests : ComponentTest
{
    [Fact]
    public async Task What_is_mistyped_is_told_at_its_field_and_kept()
    {
        await using var box = await OpenAsync();
        var form = Page.Render<BackupSettingsForm>(at => at.Add(form => form.Current, box.Administrator).Add(form => form.View, View(box)));
        await form.InvokeAsync(() => form.Find("#backup-folder").ChangeAsync(new() { Value = "backups" }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Contains("完整路径", form.Find(".wrong").TextContent, StringComparison.Ordinal);
        Assert.Equal("backups", form.Find("#backup-folder").GetAttribute("value"));
        await form.InvokeAsync(() => form.Find("#backup-folder").ChangeAsync(new() { Value = "" }));
        await form.InvokeAsync(() => form.Find("#backup-daily").ChangeAsync(new() { Value = "0" }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Contains("天数 1 至 90", form.Find(".wrong").TextContent, StringComparison.Ordinal);
        await form.InvokeAsync(() => form.Find("#backup-daily").ChangeAsync(new() { Value = "3" }));
        await form.InvokeAsync(() => form.Find("#backup-at").ChangeAsync(new() { Value = "05:15:00" }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Contains("已保存", form.Find(".said").TextContent, StringComparison.Ordinal);
        var saved = View(box).Form;
        Assert.Equal((new TimeOnly(5, 15), 3), (saved.At, saved.KeepDaily));
    }

    [Fact]
    public async Task The_button_takes_one_tells_how_far_it_is_and_the_list_has_it()
    {
        await using var box = await OpenAsync();
        var told = 0;
        var now = Page.Render<BackupNow>(at => at.Add(now => now.Current, box.Administrator).Add(now => now.View, View(box)).Add(now => now.OnDone, () => told++));
        Assert.Contains("还没有备份。下次自动备份：", Read(now.Markup), StringComparison.Ordinal);
        await now.InvokeAsync(() => now.Find("button").ClickAsync(new()));
        await box.Portal.Get<BackupRunner>().Running;
        now.WaitForAssertion(() => Assert.Contains("备份已完成", now.Markup, StringComparison.Ordinal));
        Assert.Equal(1, told);
        var view = View(box);
        now.Render(at => at.Add(now => now.View, view));
        Assert.Contains("最近一次：今天", Read(now.Markup), StringComparison.Ordinal);
        var list = Page.Render<BackupList>(at => at.Add(list => list.View, view));
        Assert.Contains(Path.GetFileName(view.Newest!.Path), list.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains(view.Folder, list.Markup, StringComparison.Ordinal);

        await File.WriteAllTextAsync(view.Newest.Path, "half");
        list.Render(at => at.Add(list => list.View, View(box)));
        Assert.Contains("读不出来", list.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_told_in_the_readers_language()
    {
        await using var box = await OpenAsync(services => services.AddSingleton<BackupSpace>(new SetSpace(10)));
        Speak("en");
        var now = Page.Render<BackupNow>(at => at.Add(now => now.Current, box.Administrator).Add(now => now.View, View(box)));
        await now.InvokeAsync(() => now.Find("button").ClickAsync(new()));
        now.WaitForAssertion(() => Assert.Matches("The backup of .* was not taken: The disk of .* needs .* free and has 10 B", Read(now.Find("[role=alert]").TextContent)));
        Speak("zh-CN");
        now = Page.Render<BackupNow>(at => at.Add(now => now.Current, box.Administrator).Add(now => now.View, View(box)));
        Assert.Contains("空闲，现在只有 10 B", Read(now.Find("[role=alert]").TextContent), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_and_stage_has_a_sentence_in_both_languages()
    {
        var texts = new System.Resources.ResourceManager(typeof(Texts));
        foreach (var culture in new[] { "zh-CN", "en" })
        {
            foreach (var key in Enum.GetNames<BackupProblem>().Select(name => "Problem_" + name).Append("Stage_Copying").Append("Stage_Checking").Append("Stage_Packing"))
            {
                Assert.False(string.IsNullOrEmpty(texts.GetString(key, System.Globalization.CultureInfo.GetCultureInfo(culture))), key);
            }
        }
    }

    private static BackupView View(AccountBox box) => box.Portal.Get<BackupDesk>().ReadAsync().GetAwaiter().GetResult();

    private async Task<AccountBox> OpenAsync(Action<IServiceCollection>? with = null)
    {
        var box = await AccountBox.OpenAsync(with: with);
        _ = Page.Services.AddSingleton<TimeProvider>(box.Machine).AddSingleton(box.Portal.Get<BackupDesk>()).AddSingleton(box.Portal.Get<BackupRunner>());
        return box;
    }
}
