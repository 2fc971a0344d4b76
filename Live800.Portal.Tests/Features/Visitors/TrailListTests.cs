using Bunit;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Visitors;

/// <summary>Where nothing is tracked the trail says why (S2.13).</summary>
public class TrailListTests : ComponentTest
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("https://chat.example/chat/qingfeng", true)]
    [InlineData("https://shop.example/chat/other", false)]
    [InlineData("https://shop.example/sofa", false)]
    public void A_visitor_without_a_page_with_the_function_code_is_explained_and_an_administrator_led_to_the_codes(string? address, bool explained)
    {
        foreach (var administrator in new[] { true, false })
        {
            var list = Page.Render<TrailList>(part => part
                .Add(p => p.Steps, address is null ? [] : [new TrailRow(1, address, "", DataRoom.Noon, TimeSpan.FromSeconds(5), true)])
                .Add(p => p.Zone, TimeZoneInfo.Utc).Add(p => p.ChatPath, "/chat/qingfeng").Add(p => p.LeadsToCodes, administrator));
            Assert.Equal(explained ? 1 : 0, list.FindAll("p").Count);
            Assert.Equal(explained && administrator ? 1 : 0, list.FindAll("a[href='company/installation']").Count);
            Assert.Equal(address is null ? 0 : 1, list.FindAll("li").Count);
        }
    }
}
