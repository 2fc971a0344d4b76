using System.Globalization;
using System.Security.Cryptography;

namespace Live800.Portal.Features.Companies;

/// <summary>Company IDs 公司ID as the system gives them: two Chinese syllables and three digits, easy to say over the telephone in either language.</summary>
public static class CompanyCodes
{
    private static readonly string[] Syllables =
        ["bai", "chun", "dong", "feng", "hai", "he", "hong", "hua", "jia", "jing", "lan", "li", "lin", "ming", "mu", "nan", "ping", "qing", "song", "tian", "wen", "xia", "xing", "xue", "yan", "yu", "yuan", "yun", "zhou", "zhu"];

    /// <summary>A fresh one; whoever uses it looks whether it is taken.</summary>
    public static string Next() => string.Concat(
        Syllables[RandomNumberGenerator.GetInt32(Syllables.Length)],
        Syllables[RandomNumberGenerator.GetInt32(Syllables.Length)],
        RandomNumberGenerator.GetInt32(100, 1000).ToString(CultureInfo.InvariantCulture));
}
