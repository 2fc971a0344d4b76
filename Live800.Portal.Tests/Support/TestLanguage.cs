using System.Globalization;
using System.Runtime.CompilerServices;

namespace Live800.Portal.Tests.Support;

/// <summary>The tests read the product's own language whatever the machine or the test runner speaks; a test that means English says so.</summary>
internal static class TestLanguage
{
#pragma warning disable CA2255 // The test assembly is the application here.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Speak()
    {
        var chinese = CultureInfo.GetCultureInfo("zh-CN");
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = chinese;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = chinese;
    }
}
