using System.Net;
using Live800.Domain.Installation;
using Live800.Portal.Data;
using Live800.Portal.Features.Installation;
using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Widget;

/// <summary>What a page's second script tells, and how little of it is believed (5, S3.4).</summary>
public sealed class ProbeWireTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private const string Base = "https://chat.example.com";

    private TestSite _site = null!;

    public override async Task InitializeAsync() => _site = await Portal.AddCompanyAsync("qingfeng");

    [Fact]
    public async Task A_measure_that_is_no_number_is_refused_and_notes_nothing()
    {
        foreach (var (bytes, milliseconds) in new[] { ("1e400", "1"), ("-5", "1"), ("1", "NaN"), ("99999999999999999999", "1"), ("<b>1</b>", "1") })
            Assert.Equal(HttpStatusCode.BadRequest, (await ProbeAsync(("b", bytes), ("m", milliseconds))).Status);
        Assert.Null(await PageAsync());
    }

    [Fact]
    public async Task Text_is_compared_and_never_kept_and_a_measure_that_cannot_be_is_none()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await ProbeAsync(("b", "9007199254740991"), ("m", "31"), ("f0", "<img src=x>"), ("f1", new string('x', 5000)))).Status);
        var page = (await PageAsync())!;
        Assert.Equal((0, 31, PageMarks.None, 0L), (page.Bytes, page.Milliseconds, page.Marks, page.Views));
    }

    [Fact]
    public async Task A_page_tells_of_itself_and_a_megabyte_is_too_much()
    {
        using var client = Portal.Client();
        client.DefaultRequestHeaders.Add("Origin", "https://thief.example");
        Assert.Equal(HttpStatusCode.NoContent, (await new TestVisitor(client, _site.Code, "p1").PostAsync("probe", ("u", "https://shop.example/"), ("b", "1"))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ProbeAsync(("f0", new string('x', 1_000_000)))).Status);
        Assert.Null(await PageAsync());
    }

    [Fact]
    public async Task What_the_codes_cost_and_how_they_stand_is_noted()
    {
        var ours = Portal.Get<PublicAddress>().Base;
        var code = Inner(WidgetCodes.FunctionCode(ours, _site.Code));
        Assert.Equal(HttpStatusCode.NoContent, (await ProbeAsync(("b", "4012"), ("m", "87"), ("o", "1"), ("q", "1"), ("f0", code), ("f1", code.Replace("head", "body", StringComparison.Ordinal)))).Status);
        var page = (await PageAsync())!;
        Assert.Equal((4012, 87, PageMarks.Outdated | PageMarks.CodeFirst | PageMarks.Doubled | PageMarks.Altered), (page.Bytes, page.Milliseconds, page.Marks));
    }

    [Fact]
    public void Every_form_that_is_given_out_is_right_under_every_name_of_the_portal()
    {
        foreach (var portal in new[] { Base, "http://10.0.0.5:5080" })
        {
            foreach (var code in new[] { Inner(WidgetCodes.FunctionCode(portal, "qingfeng")), Inner(WidgetCodes.MeasuredFunctionCode(portal, "qingfeng")), portal + "/w/l.js#qingfeng" })
                Assert.Equal(PageMarks.None, PageCodes.Compare(Base, "qingfeng", [$" {code}\n"]));
        }
    }

    [Fact]
    public void What_is_changed_doubled_or_anothers_is_told_apart()
    {
        var code = Inner(WidgetCodes.FunctionCode(Base, "qingfeng"));
        Assert.Equal(PageMarks.Altered, PageCodes.Compare(Base, "qingfeng", [code + ";alert(1)"]));
        Assert.Equal(PageMarks.Doubled, PageCodes.Compare(Base, "qingfeng", [code, Base + "/w/l.js#qingfeng"]));
        Assert.Equal(PageMarks.Other, PageCodes.Compare(Base, "qingfeng", [code, Inner(WidgetCodes.FunctionCode(Base, "lantian"))]));
        Assert.Equal(PageMarks.None, PageCodes.Compare(Base, "qingfeng", []));
        Assert.Equal(PageMarks.None, PageCodes.Compare(Base, "qingfeng", [new string('/', 1000), "<script>"]));
    }

    private static string Inner(string code) => code["<script>".Length..^"</script>".Length];

    private Task<WireReply> ProbeAsync(params (string, string)[] fields) => Portal.Visitor(_site).PostAsync("probe", [("u", "https://shop.example/"), .. fields]);

    private async Task<PageSighting?> PageAsync()
    {
        await Portal.Get<SightingBoard>().FlushAsync();
        return (await Portal.Get<InstallationDesk>().ReadAsync(_site.Company)).Pages.SingleOrDefault();
    }
}
