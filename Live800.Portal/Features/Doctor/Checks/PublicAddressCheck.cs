using System.Net;
using System.Net.Sockets;
using Live800.Portal.Data;
using Live800.Portal.Features.Visitors;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>Whether the address that codes, letters and links name is one that visitors can reach, and leads to this portal.</summary>
internal static class PublicAddressCheck
{
    private const string Name = "public address";
    private const string Setting = PublicAddress.Setting;

    /// <param name="first">Where the portal listens, which is its public address where none is set.</param>
    /// <param name="isServed">A portal serves, so that it can be asked.</param>
    /// <param name="resolve">The network addresses of a host; throws <see cref="SocketException"/> where it has none.</param>
    /// <param name="ask">Asks an address who answers there.</param>
    public static async Task<IReadOnlyList<Finding>> LookAsync(PortalOptions options, string first, bool isServed, Func<string, Task<IReadOnlyList<IPAddress>>> resolve, Func<string, Task<PortalAnswer>> ask)
    {
        const string example = PublicAddress.Example;
        if (string.IsNullOrWhiteSpace(options.PublicUrl))
        {
            return [options.Demo
                ? Finding.Ok(Name, $"{Setting} is not set; codes and links name the demo's own address.")
                : Finding.Wrong(Name, $"{Setting} is not set: codes, letters and links name {PublicAddress.Reachable(first)}, which visitors elsewhere cannot open.", example)];
        }

        var address = options.PublicUrl.Trim().TrimEnd('/');
        if (PublicAddress.Wrong(address) is { } wrong) return [Finding.Wrong(Name, wrong, example)];
        var url = new Uri(address);
        if (url.IsLoopback && !options.Demo) return [Finding.Wrong(Name, $"{Setting} is {address}, which everybody's machine takes for itself: visitors cannot open it.", example)];

        var findings = new List<Finding>();
        if (url.Scheme == "http" && !url.IsLoopback) findings.Add(Finding.Warning(Name, $"{address} is not encrypted: what visitors and agents write, and passwords, can be read on the way, and pages that are encrypted themselves cannot show the chat.", "Serve it with HTTPS, and name it with https:// in " + Setting + "."));
        if (url.Scheme == "https" && string.IsNullOrWhiteSpace(options.Certificate) && string.IsNullOrWhiteSpace(options.TrustedProxies))
        {
            findings.Add(Finding.Warning(Name, $"{address} is encrypted, and the portal has neither a certificate nor a proxy it trusts: it takes every visitor for one and the same, and limits meant for one count for all.", "Name the proxy in front in Portal__TrustedProxies, or the certificate in Portal__Certificate."));
        }

        try
        {
            var places = await resolve(url.IdnHost.Trim('[', ']'));
            if (!options.Demo && !places.Any(PlaceBook.IsPublic)) findings.Add(Finding.Warning(Name, $"{url.IdnHost} is {string.Join(" and ", places)} for this machine: only its own network reaches that.", "That is right for a chat within a company. Otherwise look where the name leads for others."));
        }
        catch (Exception unknown) when (unknown is SocketException or OperationCanceledException or ArgumentException)
        {
            findings.Add(Finding.Wrong(Name, $"The name {url.IdnHost} leads nowhere ({unknown.Message.TrimEnd('.')}).", "Enter it where your domain's names are kept, with this machine's address; it may take an hour until everybody knows."));
            return findings;
        }

        if (!isServed)
        {
            findings.Add(Finding.Ok(Name, $"{address} leads to a machine; whether this portal answers there can be seen while it runs."));
            return findings;
        }

        var answer = await ask(address);
        findings.Add(answer.Who switch
        {
            Answerer.ThisPortal => Finding.Ok(Name, $"This portal answers at {address}."),
            Answerer.Somebody => Finding.Warning(Name, $"A portal answers at {address}; this account may not read {PortalFiles.Named(options.DataPath).Proof}, so whether it is this one cannot be told.", "Run this command as the account the portal runs as."),
            Answerer.Another => Finding.Wrong(Name, $"Somebody answers at {address}, and it is not this portal ({answer.Said}).", "Look which machine the name leads to, and where the proxy in front sends /health/self. Was the portal updated without a restart, restart it."),
            Answerer.NotReady => Finding.Wrong(Name, $"{address}/health/ready answers {answer.Said} instead of 200.", "With 502 or 504 the proxy in front does not reach the portal: look at the address it sends to. With 503 the portal cannot write its files: look at its log. With 404 the proxy keeps /health to itself, or sends to something else."),
            _ => Finding.Wrong(Name, $"Nobody answers at {address}: {answer.Said}.", "Look whether the proxy in front runs, and whether the firewall and the router let visitors in. Some routers do not lead a box to its own public address: if a telephone outside can open it, all is well."),
        });
        return findings;
    }
}
