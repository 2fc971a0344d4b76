using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Data.Rollups;

namespace Live800.Portal.Features.Visitors;

/// <summary>
/// Tells device, place and line of a visit when it begins (6). A line is a number made of the customer's line and a key in the data folder, so that addresses can be told apart for ever and be kept for the length of a visit only.
/// </summary>
public sealed class VisitClassifier(PortalFiles files, PlaceBook places) : IVisitClassifier
{
    private const int MostKnown = 4096;

    private readonly byte[] _key = files.Key("lines");
    private readonly ConcurrentDictionary<string, string> _devices = new(StringComparer.Ordinal);

    public VisitFacts Of(CompanyId company, string userAgent, string networkAddress) =>
        new(places.Find(networkAddress)?.ToText() ?? "", DeviceOf(userAgent), LineOf(company, networkAddress), CustomerLine.Shorten(networkAddress), KnownRobots.Is(userAgent));

    private string DeviceOf(string userAgent)
    {
        if (_devices.TryGetValue(userAgent, out var known))
            return known;
        if (_devices.Count >= MostKnown)
            _devices.Clear();
        return _devices[userAgent] = VisitDevice.Of(userAgent).ToText();
    }

    private long LineOf(CompanyId company, string networkAddress)
    {
        if (CustomerLine.Of(networkAddress) is not { } line)
            return 0;
        Span<byte> sealedLine = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _ = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{company}/{line}"), sealedLine);
        var number = BinaryPrimitives.ReadInt64BigEndian(sealedLine) & long.MaxValue;
        return number == 0 ? 1 : number;
    }
}
