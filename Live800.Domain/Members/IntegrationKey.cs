using System.Globalization;
using Live800.Domain.Shared;

namespace Live800.Domain.Members;

/// <summary>
/// A key with which the company's site signs who its members are (rule 5). Two may be in force at once, so that a site can change from one to the next without a gap; an ended one is
/// never good again, and its number is never given anew.
/// </summary>
public sealed class IntegrationKey
{
    /// <summary>Most keys in force at once.</summary>
    public const int MostInForce = 2;

    private IntegrationKey()
    {
    }

    /// <summary>Makes a key.</summary>
    /// <param name="sealedSecret">The secret, encrypted: this file alone signs nothing.</param>
    public IntegrationKey(CompanyId company, int number, string sealedSecret, AgentId by, DateTimeOffset now) =>
        (CompanyId, Number, SealedSecret, MadeBy, MadeAt) = (company, number, sealedSecret, by, now);

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>1 for the company's first key.</summary>
    public int Number { get; private set; }

    /// <summary>The name a token calls it by (<c>kid</c>).</summary>
    public string Name => NameOf(Number);

    /// <summary>The secret, encrypted; empty once the key has ended.</summary>
    public string SealedSecret { get; private set; } = "";

    /// <summary>Who made it.</summary>
    public AgentId MadeBy { get; private set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>When it was ended.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Whether what it signs is believed.</summary>
    public bool IsInForce => EndedAt is null;

    /// <summary>The name of a key by its number.</summary>
    public static string NameOf(int number) => "k" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Ends it; the secret is erased. Says whether anything changed.</summary>
    public bool End(DateTimeOffset now)
    {
        if (EndedAt is not null)
        {
            return false;
        }

        (EndedAt, SealedSecret) = (now, "");
        return true;
    }
}
