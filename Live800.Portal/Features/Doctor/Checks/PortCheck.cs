using System.Net;
using System.Net.Sockets;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>What became of trying to listen somewhere.</summary>
public enum PortState
{
    Free,
    Taken,

    /// <summary>This account may not.</summary>
    Denied,

    /// <summary>This machine has no such address.</summary>
    NotHere,
}

/// <summary>Whether the portal can listen, or listens, where its settings say.</summary>
internal static class PortCheck
{
    private const string Name = "ports";

    /// <param name="isServed">A portal serves the folder.</param>
    /// <param name="tryAt">Tries to listen.</param>
    /// <param name="ask">Asks an address who answers there.</param>
    public static async Task<IReadOnlyList<Finding>> LookAsync(IReadOnlyList<string> addresses, bool isServed, Func<BindingAddress, PortState> tryAt, Func<string, Task<PortalAnswer>> ask)
    {
        var findings = new List<Finding>();
        foreach (var address in addresses)
        {
            BindingAddress where;
            try
            {
                where = BindingAddress.Parse(address);
            }
            catch (FormatException)
            {
                findings.Add(Finding.Wrong(Name, $"'{address}' is no address to listen on.", "Write it as http://127.0.0.1:5080, in --urls or ASPNETCORE_URLS, several with a semicolon between."));
                continue;
            }

            if (where.IsUnixPipe || where.IsNamedPipe || where.Port == 0) continue;
            findings.Add(tryAt(where) switch
            {
                PortState.Denied => Finding.Wrong(Name, $"This account may not listen on {address}.", "Ports below 1024 need the right CAP_NET_BIND_SERVICE, which the service unit in deploy/ gives to the portal; or choose a port above."),
                PortState.NotHere => Finding.Wrong(Name, $"This machine does not have the address of {address}.", "Name one of its own, or * for all, with --urls or ASPNETCORE_URLS."),
                PortState.Free when isServed => Finding.Warning(Name, $"A portal serves the folder, and not on {address}: it was started with other settings than this command.", "Give this command the portal's settings: what stands in its unit or its settings file, as environment."),
                PortState.Free => Finding.Ok(Name, $"{address} is free."),
                _ => await TakenAsync(address, where, isServed, ask),
            });
        }

        return findings;
    }

    /// <summary>Tries for a moment, as Kestrel does it.</summary>
    public static PortState TryAt(BindingAddress address)
    {
        var places = IPAddress.TryParse(address.Host.Trim('[', ']'), out var one) ? [one]
            : address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
            : new[] { IPAddress.Any, IPAddress.IPv6Any };
        var worst = PortState.NotHere;
        foreach (var place in places)
        {
            var state = TryAt(place, address.Port);
            // A machine without IPv6 has the other one.
            if (state is PortState.Taken or PortState.Denied) return state;
            if (state == PortState.Free) worst = PortState.Free;
        }

        return worst;
    }

    private static PortState TryAt(IPAddress place, int port)
    {
        try
        {
            using var listener = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (place.AddressFamily == AddressFamily.InterNetworkV6) listener.DualMode = false;
            listener.Bind(new IPEndPoint(place, port));
            listener.Listen();
            return PortState.Free;
        }
        catch (SocketException refused)
        {
            return refused.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => PortState.Taken,
                SocketError.AccessDenied => PortState.Denied,
                _ => PortState.NotHere,
            };
        }
    }

    private static async Task<Finding> TakenAsync(string address, BindingAddress where, bool isServed, Func<string, Task<PortalAnswer>> ask)
    {
        const string advice = "Stop that program, or choose another address with --urls or ASPNETCORE_URLS.";
        if (!isServed) return Finding.Wrong(Name, $"Another program listens on {address}, so that the portal cannot start.", advice);
        var isOne = IPAddress.TryParse(where.Host.Trim('[', ']'), out var one) && !one.Equals(IPAddress.Any) && !one.Equals(IPAddress.IPv6Any);
        var answer = await ask($"{where.Scheme}://{(isOne ? where.Host : "localhost")}:{where.Port}");
        return answer.Who switch
        {
            Answerer.ThisPortal => Finding.Ok(Name, $"This portal listens on {address}."),
            Answerer.Somebody => Finding.Ok(Name, $"A portal listens on {address}."),
            Answerer.NotReady => Finding.Wrong(Name, $"Whoever listens on {address} answers {answer.Said} to /health/ready.", "If it is the portal, it cannot write its files: look at its log. " + advice),
            Answerer.Another => Finding.Wrong(Name, $"Another program listens on {address}, and not this portal.", advice),
            _ => Finding.Wrong(Name, $"Whoever listens on {address} does not answer: {answer.Said}.", "If it is the portal, it hangs: look at its log, and restart it. " + advice),
        };
    }
}
