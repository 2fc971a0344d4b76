using Bunit;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Tests.Support;
using Microsoft.JSInterop;

namespace Live800.Portal.Tests.Components.Shared;

/// <summary>What a browser kept of a form (S2.8); anybody with the browser can have written there.</summary>
public class KeptFormTests : ComponentTest
{
    private static readonly AgentId Lin = new(7);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"start\":\"\"}")]
    [InlineData("{\"start\":1,\"fields\":{}}")]
    [InlineData("{\"start\":\"\",\"fields\":{\"text\":{\"deep\":1}}}")]
    public async Task Nothing_or_something_damaged_is_no_form(string? kept)
    {
        _ = Page.JSInterop.Setup<string?>("localStorage.getItem", KeptForm.Key(Lin, "note 1")).SetResult(kept);
        Assert.Null(await KeptForm.ReadAsync(Page.JSInterop.JSRuntime, KeptForm.Key(Lin, "note 1")));
    }

    [Fact]
    public async Task A_forbidden_storage_is_no_form_and_forgetting_there_is_no_error()
    {
        var key = KeptForm.Key(Lin, "note 1");
        _ = Page.JSInterop.Setup<string?>("localStorage.getItem", key).SetException(new JSException("forbidden"));
        _ = Page.JSInterop.SetupVoid("localStorage.removeItem", key).SetException(new JSException("forbidden"));
        Assert.Null(await KeptForm.ReadAsync(Page.JSInterop.JSRuntime, key));
        await KeptForm.ForgetAsync(Page.JSInterop.JSRuntime, key);
    }

    [Fact]
    public void Two_agents_at_one_machine_have_forms_of_their_own() => Assert.NotEqual(KeptForm.Key(Lin, "note 1"), KeptForm.Key(new AgentId(8), "note 1"));
}
