using System.Net;
using System.Text.RegularExpressions;

namespace Live800.Portal.Bench.Wire;

/// <summary>Signs an agent in as a browser does: reads the form, posts it, keeps the cookies.</summary>
internal static partial class SignIn
{
    public static async Task<string> AsAsync(Uri portal, string company, string agent, string password)
    {
        var jar = new CookieContainer();
        using var handler = new SocketsHttpHandler { CookieContainer = jar, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = portal };
        var html = await http.GetStringAsync(new Uri("sign-in", UriKind.Relative));
        // The page has other forms (language, theme); the one with the password is meant.
        var form = Forms().Matches(html).Select(found => found.Value).Single(found => found.Contains("name=\"Password\"", StringComparison.Ordinal));
        var fields = Hidden().Matches(form).Select(found => found.Value)
            .Where(input => Attribute(input, "type") == "hidden" && Attribute(input, "name").Length > 0)
            .ToDictionary(input => Attribute(input, "name"), input => WebUtility.HtmlDecode(Attribute(input, "value")));
        fields["Company"] = company;
        fields["Agent"] = agent;
        fields["Password"] = password;
        using var filled = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri("sign-in", UriKind.Relative), filled);
        if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther))
            throw new InvalidOperationException($"sign-in of {agent} answered {(int)answer.StatusCode}");
        return jar.GetCookieHeader(portal);
    }

    private static string Attribute(string input, string name) =>
        Regex.Match(input, $"\\b{name}=\"([^\"]*)\"") is { Success: true } found ? found.Groups[1].Value : "";

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Hidden();
}
