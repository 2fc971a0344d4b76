using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Live800.Domain.Visitors;

/// <summary>
/// Takes out of an address, before it is stored, what is personal or secret (rule 6): instead of the value stands <see cref="Mask"/>. It knows things by their form and parameters by their name; it goes rather too far
/// than not far enough, so that a whole value or a whole part of the path is masked where only a piece of it is personal.
/// </summary>
/// <remarks>
/// Masked are: credentials before the host (removed); values whose name tells of a secret or a person; e-mail addresses; payment cards (13 to 19 digits with an issuer's beginning and a right check digit); mainland telephone
/// numbers; identity numbers of 18 signs with a possible birthday; JSON Web Tokens; random tokens of 32 signs or more. What is encoded is read up to three layers deep. Not masked is what names pages: words joined by hyphens
/// (also with a number among them), a UUID with its hyphens, and the host.
/// </remarks>
public static class AddressMask
{
    /// <summary>What stands instead.</summary>
    public const string Mask = "***";

    private const int TokenLength = 32;
    private const int NameLimit = 64;
    private const int GroupLimit = 16;
    private const int DecodeRounds = 3;

    // Compared without case, hyphens, underscores and brackets, so that access_token, accessToken and user[password] are one.
    private static readonly FrozenSet<string> SecretNames = new[]
    {
        "token", "code", "auth", "authorization", "bearer", "jwt", "password", "passwd", "pwd", "passcode", "passphrase", "pass", "secret", "key", "apikey", "accesskey", "privatekey", "sig", "signature", "sign", "session",
        "sessionid", "sessid", "sid", "phpsessid", "jsessionid", "ticket", "otp", "pin", "state", "nonce", "csrf", "xsrf", "verifycode", "verificationcode", "authcode", "credential", "credentials", "assertion", "samlresponse",
        "samlrequest", "openid", "unionid", "cvv", "cvc", "email", "phone", "mobile", "tel", "telephone", "idcard", "realname",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] SecretEndings = ["token", "password", "passwd", "secret", "signature", "sessionid", "apikey", "credential"];

    private static readonly SearchValues<char> Telling = SearchValues.Create("@＠%=0123456789０１２３４５６７８９");

    private static readonly SearchValues<char> PathEnds = SearchValues.Create("/\\;?#");

    private static readonly SearchValues<char> FragmentEnds = SearchValues.Create("/\\;?&");

    private static readonly SearchValues<char> TokenSigns = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> Capitals = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    private enum Part
    {
        Path,
        Query,
        Fragment,
    }

    /// <summary>The address as it may be stored. Cleaning it again changes nothing; where nothing is to be masked, it is the same string.</summary>
    public static string Clean(string? address)
    {
        if (address is null)
        {
            return "";
        }

        // Everything that is masked has a digit, a name with its value, an at sign or an encoding; only a token might have none of them.
        var text = address.AsSpan();
        if (!text.ContainsAny(Telling) && !text.Contains("eyJ", StringComparison.Ordinal))
        {
            return address;
        }

        var to = new Rewriting(address);
        var (at, part) = (0, Part.Path);
        var scheme = text.IndexOf("//", StringComparison.Ordinal);
        if (scheme == 0 || (scheme > 0 && text[scheme - 1] == ':' && !text[..scheme].ContainsAny(PathEnds)))
        {
            var begin = scheme + 2;
            var length = text[begin..].IndexOfAny(PathEnds);
            at = length < 0 ? text.Length : begin + length;
            var signs = text[begin..at].LastIndexOf('@');
            if (signs >= 0)
            {
                to.Replace(begin, begin + signs + 1, "");
            }
        }

        while (at < text.Length)
        {
            (at, part) = text[at] switch
            {
                '#' when part != Part.Fragment => (at + 1, Part.Fragment),
                '?' when part == Part.Path => (at + 1, Part.Query),
                '/' or '\\' or ';' or '?' or '&' => (at + 1, part),
                _ => (at, part),
            };
            var length = part switch
            {
                Part.Path => text[at..].IndexOfAny(PathEnds),
                Part.Query => text[at..].IndexOfAny('&', ';', '#'),
                _ => text[at..].IndexOfAny(FragmentEnds),
            };
            var end = length < 0 ? text.Length : at + length;
            at = CleanPiece(ref to, text, at, end, part);
        }

        return to.ToString();
    }

    /// <summary>A title or a search word as it may be stored: e-mail addresses, payment cards, telephone and identity numbers are masked, each alone.</summary>
    public static string CleanText(string? text)
    {
        if (text is null)
        {
            return "";
        }

        if (!text.AsSpan().ContainsAny(Telling))
        {
            return text;
        }

        var first = new Rewriting(text);
        for (var from = 0; FindMail(text, from, out var start, out var end); from = end)
        {
            first.Replace(start, end, Mask);
        }

        var withoutMail = first.ToString();
        var second = new Rewriting(withoutMail);
        for (var from = 0; FindNumber(withoutMail, from, out var start, out var end); from = end)
        {
            second.Replace(start, end, Mask);
        }

        return second.ToString();
    }

    // One part of the path, one parameter. Gives back where to go on.
    private static int CleanPiece(ref Rewriting to, ReadOnlySpan<char> text, int begin, int end, Part part)
    {
        var piece = text[begin..end];
        if (piece.Length == 0)
        {
            return end;
        }

        var equals = piece.IndexOf('=');
        if (equals > 0 && IsSecretName(piece[..equals]))
        {
            // A secret's value may hold any sign but the one that ends it.
            if (part != Part.Path)
            {
                var length = part == Part.Query ? text[end..].IndexOfAny('&', '#') : text[end..].IndexOf('&');
                end = length < 0 ? text.Length : end + length;
            }

            MaskValue(ref to, text, begin + equals + 1, end);
            return end;
        }

        if (equals < 0 || part == Part.Path)
        {
            if (IsPersonal(piece, part != Part.Path))
            {
                MaskValue(ref to, text, begin, end);
            }

            return end;
        }

        if (IsPersonal(piece[..equals], true))
        {
            MaskValue(ref to, text, begin, begin + equals);
        }

        if (IsPersonal(piece[(equals + 1)..], true))
        {
            MaskValue(ref to, text, begin + equals + 1, end);
        }

        return end;
    }

    private static void MaskValue(ref Rewriting to, ReadOnlySpan<char> text, int begin, int end)
    {
        if (end > begin && !text[begin..end].SequenceEqual(Mask))
        {
            to.Replace(begin, end, Mask);
        }
    }

    private static bool IsSecretName(ReadOnlySpan<char> raw)
    {
        Span<char> name = stackalloc char[NameLimit];
        var length = 0;
        var tail = raw.Length > NameLimit * 3 ? raw[^(NameLimit * 3)..] : raw;
        for (var i = 0; i < tail.Length; i++)
        {
            var sign = tail[i];
            if (sign == '%' && i + 2 < tail.Length && char.IsAsciiHexDigit(tail[i + 1]) && char.IsAsciiHexDigit(tail[i + 2]))
            {
                sign = (char)((HexOf(tail[i + 1]) << 4) | HexOf(tail[i + 2]));
                i += 2;
            }

            if (!char.IsAsciiLetterOrDigit(sign))
            {
                continue;
            }

            if (length == NameLimit)
            {
                name[1..].CopyTo(name);
                length--;
            }

            name[length++] = char.ToLowerInvariant(sign);
        }

        ReadOnlySpan<char> found = name[..length];
        if (SecretNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(found))
        {
            return true;
        }

        foreach (var ending in SecretEndings)
        {
            if (found.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPersonal(ReadOnlySpan<char> raw, bool plusIsBlank)
    {
        if (!raw.ContainsAny('%', '+'))
        {
            return HoldsPersonal(raw);
        }

        var rented = ArrayPool<char>.Shared.Rent(raw.Length);
        try
        {
            raw.CopyTo(rented);
            var length = raw.Length;
            if (plusIsBlank)
            {
                rented.AsSpan(0, length).Replace('+', ' ');
            }

            for (var round = 0; round < DecodeRounds; round++)
            {
                if (HoldsPersonal(rented.AsSpan(0, length)))
                {
                    return true;
                }

                var shorter = Decode(rented.AsSpan(0, length));
                if (shorter == length)
                {
                    return false;
                }

                length = shorter;
            }

            return HoldsPersonal(rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    // In place: what is encoded never grows. Signs beyond ASCII matter to nobody here, so that each of their bytes may become any one sign.
    private static int Decode(Span<char> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                var value = (HexOf(text[i + 1]) << 4) | HexOf(text[i + 2]);
                text[length++] = value < 128 ? (char)value : '\u4E00';
                i += 2;
            }
            else
            {
                text[length++] = text[i];
            }
        }

        return length;
    }

    private static int HexOf(char sign) => sign <= '9' ? sign - '0' : (sign | 0x20) - 'a' + 10;

    private static bool HoldsPersonal(ReadOnlySpan<char> text) =>
        FindMail(text, 0, out _, out _) || FindNumber(text, 0, out _, out _) || HoldsToken(text) || HoldsAddressWithSecret(text);

    // A value that is an address itself: where to go after signing in.
    private static bool HoldsAddressWithSecret(ReadOnlySpan<char> text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            var authority = text[(scheme + 3)..];
            var length = authority.IndexOfAny(PathEnds);
            if ((length < 0 ? authority : authority[..length]).Contains('@'))
            {
                return true;
            }
        }

        for (var at = text.IndexOf('='); at >= 0 && at + 1 < text.Length;)
        {
            var near = Math.Max(0, at - (NameLimit * 3));
            var begin = near + text[near..at].LastIndexOfAny("?&;#/") + 1;
            var value = text[(at + 1)..];
            if (at > begin && value[0] is not ('&' or '#' or ';') && !(value.StartsWith(Mask, StringComparison.Ordinal) && (value.Length == Mask.Length || value[Mask.Length] is '&' or '#')) && IsSecretName(text[begin..at]))
            {
                return true;
            }

            var next = value.IndexOf('=');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static bool HoldsToken(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!IsTokenSign(text[at]))
            {
                continue;
            }

            var end = at + 1;
            while (end < text.Length && IsTokenSign(text[end]))
            {
                end++;
            }

            var run = text[at..end];
            if (IsRandom(run) || (run.StartsWith("eyJ", StringComparison.Ordinal) && run.Length > 10 && end + 10 < text.Length && text[end] == '.' && text[(end + 1)..(end + 11)].IndexOfAnyExcept(TokenSigns) < 0))
            {
                return true;
            }

            at = end;
        }

        return false;
    }

    private static bool IsTokenSign(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-';

    // Hyphens and underscores part words from words and seldom a token: of one, nearly all signs stand in long pieces that mix letters with digits; of words with a number, two at least are words.
    private static bool IsRandom(ReadOnlySpan<char> run)
    {
        if (run.Length < TokenLength)
        {
            return false;
        }

        var (mixed, words) = (0, 0);
        while (run.Length > 0)
        {
            var gap = run.IndexOfAny('-', '_');
            var piece = gap < 0 ? run : run[..gap];
            run = gap < 0 ? [] : run[(gap + 1)..];
            var letters = piece.ContainsAny(Letters);
            var digits = piece.ContainsAny(Digits);
            if (letters && digits)
            {
                if (piece.Length >= TokenLength)
                {
                    return true;
                }

                mixed += piece.Length >= 8 ? piece.Length : 0;
            }
            else if (letters && piece.Length >= 3 && !piece[1..].ContainsAny(Capitals))
            {
                words++;
            }
        }

        return words < 2 && mixed >= 24;
    }

    private static bool FindMail(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        (start, end) = (0, 0);
        for (var at = from; at < text.Length; at++)
        {
            var next = text[at..].IndexOfAny('@', '＠');
            if (next < 0)
            {
                return false;
            }

            at += next;
            start = at;
            while (start > from && IsMailSign(text[start - 1]))
            {
                start--;
            }

            end = DomainEnd(text, at + 1);
            if (start < at && end > 0)
            {
                return true;
            }
        }

        return false;
    }

    // The end of a host with a dot and a country or kind of letters behind it. "icon@2x.png" is a picture.
    private static int DomainEnd(ReadOnlySpan<char> text, int begin)
    {
        var (at, found) = (begin, 0);
        while (at < text.Length)
        {
            var label = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '-'))
            {
                at++;
            }

            var name = text[label..at];
            if (name.Length == 0)
            {
                break;
            }

            if (label > begin && name.Length >= 2 && !name.ContainsAny(Digits))
            {
                found = at;
            }

            if (at == text.Length || text[at] != '.')
            {
                break;
            }

            if (label == begin && name.Length == 2 && char.IsAsciiDigit(name[0]) && name[1] == 'x')
            {
                return 0;
            }

            at++;
        }

        return found;
    }

    private static bool IsMailSign(char sign) => char.IsLetterOrDigit(sign) ? sign < 0x2E80 : sign is '.' or '_' or '+' or '-' or '%';

    // A telephone number, a payment card, an identity number: groups of digits with a blank or a hyphen between them.
    private static bool FindNumber(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        Span<(int Start, int Length)> groups = stackalloc (int, int)[GroupLimit];
        for (var at = from; at < text.Length; at++)
        {
            if (DigitOf(text[at]) < 0)
            {
                continue;
            }

            var count = 0;
            do
            {
                var length = 1;
                while (at + length < text.Length && DigitOf(text[at + length]) >= 0)
                {
                    length++;
                }

                groups[count++] = (at, length);
                at += length;
            }
            while (count < GroupLimit && at + 1 < text.Length && text[at] is ' ' or '-' or '\u00A0' && DigitOf(text[++at]) >= 0);

            for (var first = 0; first < count; first++)
            {
                var left = groups[first..count];
                var taken = IsOneNumber(text, left[0].Start, left[0].Length, out var more) ? 1 : Grouped(text, left);
                if (taken > 0)
                {
                    (start, end) = (left[0].Start, left[taken - 1].Start + left[taken - 1].Length + more);
                    return true;
                }
            }

            at--;
        }

        (start, end) = (0, 0);
        return false;
    }

    private static bool IsOneNumber(ReadOnlySpan<char> text, int start, int length, out int more)
    {
        more = 0;
        if (length is < 11 or > 19)
        {
            return false;
        }

        Span<int> digits = stackalloc int[19];
        for (var i = 0; i < length; i++)
        {
            digits[i] = DigitOf(text[start + i]);
        }

        digits = digits[..length];
        var phone = length switch
        {
            11 => digits,
            12 when digits[0] == 0 => digits[1..],
            13 when digits[0] == 8 && digits[1] == 6 => digits[2..],
            15 when digits[0] == 0 && digits[1] == 0 && digits[2] == 8 && digits[3] == 6 => digits[4..],
            _ => [],
        };
        if (phone.Length > 0 && phone[0] == 1 && phone[1] >= 3)
        {
            return true;
        }

        if (length == 17 && start + 17 < text.Length && text[start + 17] is 'x' or 'X' && HasBirthday(digits))
        {
            more = 1;
            return true;
        }

        return (length == 18 && HasBirthday(digits)) || IsCard(digits);
    }

    // How many groups are one number: 138 0013 8000, 4111 1111 1111 1111, 3782 822463 10005.
    private static int Grouped(ReadOnlySpan<char> text, ReadOnlySpan<(int Start, int Length)> groups)
    {
        if (groups.Length < 3)
        {
            return 0;
        }

        if (groups[0].Length == 3 && groups[1].Length == 4 && groups[2].Length == 4 && DigitOf(text[groups[0].Start]) == 1 && DigitOf(text[groups[0].Start + 1]) >= 3)
        {
            return 3;
        }

        if (groups[0].Length != 4)
        {
            return 0;
        }

        Span<int> digits = stackalloc int[20];
        var length = 0;
        for (var count = 0; count < Math.Min(groups.Length, 5); count++)
        {
            var group = groups[count];
            var fits = group.Length <= 4 || (count == 1 && group.Length == 6) || (count == 2 && groups[1].Length == 6 && group.Length == 5);
            if (!fits || (count > 1 && groups[count - 1].Length < 4))
            {
                return 0;
            }

            for (var i = 0; i < group.Length; i++)
            {
                digits[length++] = DigitOf(text[group.Start + i]);
            }

            var isLast = count + 1 == groups.Length || groups[count + 1].Length > 4 || length + groups[count + 1].Length > 19;
            if (count >= 2 && length is >= 13 and <= 19 && IsCard(digits[..length]) && (isLast || length >= 15))
            {
                return count + 1;
            }
        }

        return 0;
    }

    private static bool HasBirthday(ReadOnlySpan<int> digits)
    {
        var year = (digits[6] * 1000) + (digits[7] * 100) + (digits[8] * 10) + digits[9];
        var month = (digits[10] * 10) + digits[11];
        var day = (digits[12] * 10) + digits[13];
        return digits[0] > 0 && year is >= 1900 and < 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    // Issuers' beginnings keep times and most numbers of products out: 2, 3, 4, 5, 6, and 81 of UnionPay.
    private static bool IsCard(ReadOnlySpan<int> digits)
    {
        var begins = (digits[0] * 10) + digits[1];
        if (digits.Length is < 13 or > 19 || begins is < 22 or (> 69 and not 81) or (> 27 and < 30))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i];
            sum += i % 2 == 0 ? digit : digit > 4 ? (digit * 2) - 9 : digit * 2;
        }

        return sum % 10 == 0;
    }

    private static int DigitOf(char sign) => char.IsAsciiDigit(sign) ? sign - '0' : sign is >= '０' and <= '９' ? sign - '０' : -1;

    // Nothing is made before something is replaced.
    private ref struct Rewriting(string text)
    {
        private StringBuilder? _builder;
        private int _copied;

        public void Replace(int begin, int end, string with)
        {
            _builder ??= new StringBuilder(text.Length);
            _ = _builder.Append(text, _copied, begin - _copied).Append(with);
            _copied = end;
        }

        public readonly override string ToString() => _builder is null ? text : _builder.ToString() + text[_copied..];
    }
}
