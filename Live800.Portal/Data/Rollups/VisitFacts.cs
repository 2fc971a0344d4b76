using System.Globalization;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;

namespace Live800.Portal.Data.Rollups;

/// <summary>What is counted of a visit besides that it was: told once, when it begins, and stored with it.</summary>
/// <param name="Place">Country, region and city as one text; empty where nothing is known.</param>
/// <param name="Device">Device, system and browser as one text.</param>
/// <param name="Line">A number for the customer's network line that only this box can compute (0 where there is no address): lines can be told apart by it and not be told.</param>
/// <param name="ShortAddress">What of the network address is kept when the visit is over.</param>
public sealed record VisitFacts(string Place, string Device, long Line, string ShortAddress, bool IsRobot);

/// <summary>Tells what is counted of a visit.</summary>
public interface IVisitClassifier
{
    VisitFacts Of(CompanyId company, string userAgent, string networkAddress);
}

/// <summary>The texts under which a source is counted, and back.</summary>
public static class SourceText
{
    private const char Between = '\u001F';

    /// <summary>One text of kind, name, host and campaign. The search word is counted apart.</summary>
    public static string Of(VisitSource source) => string.Join(Between, ((int)source.Kind).ToString(CultureInfo.InvariantCulture), source.Name, source.Host, source.Campaign);

    /// <summary>The source that was written.</summary>
    public static VisitSource Parse(string text)
    {
        var parts = text.Split(Between);
        return parts.Length == 4 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var kind)
            ? new VisitSource((VisitSourceKind)kind, parts[1], parts[2], parts[3], "")
            : VisitSource.Direct;
    }
}
