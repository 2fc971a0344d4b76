using System.Collections.Frozen;

namespace Live800.Portal.Identity;

/// <summary>
/// Passwords of ten characters or more that guessing programs try first. Shorter ones are refused for their length already, and rows of
/// the keyboard, runs and repetitions are recognised by <see cref="PasswordRules"/>, so the list holds words only.
/// </summary>
public static class CommonPasswords
{
    private static readonly FrozenSet<string> Words = """
        password password1 password12 password123 password1234 password12345 passw0rd123 p@ssw0rd123 p@ssword123 p@$$w0rd123 mypassword
        mypassword1 thisispassword yourpassword newpassword newpassword1 passwordpassword password2024 password2025 password2026 pass123456
        pass12345678 passpasspass passphrase administrator administrator1 administrator123 admin12345 admin123456 admin1234567 admin12345678
        adminadmin adminadmin1 adminadmin123 admin@123456 admin@12345 rootroot123 root123456 superadmin superadmin1 superadmin123 superuser1
        welcome123 welcome1234 welcome12345 welcome2024 welcome2025 welcome2026 iloveyou123 iloveyou1234 iloveyouforever ilovejesus
        letmein123 letmein1234 letmeinnow qwerty123456 qwerty12345 qwerty1234 qwertyqwerty qwerty123qwerty zaqwsxcderfv
        1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u q1w2e3r4t5 q1w2e3r4t5y6 1qaz2wsx3edc 1qazxsw23edc qazwsxedcrfv zaq12wsxcde3 abc123456789 abcd123456
        abcd12345678 abc1234567 a123456789 a1234567890 aa123456789 aa12345678 asd123456789 asdf123456 as123456789 q123456789 qq123456789 w123456789
        z123456789 zxc123456789 zxcvbnm123 zxcvbnm1234 zxcvbnm12345 zxcvbnm123456 woaini1314 woaini1314520 woaini520 woaini520520 woaini521 woaini123 woaini123456 woaini1234
        5201314520 1314520520 520131452013 5201314woaini 7758521521 wangyut2 a5201314520 aini1314520 loveyou1314 li123456789 wang123456 zhang123456
        liuyang123 qweasdzxc123 qwe123456789 qweqweqwe123 qwe123qwe123 asdasdasd123 sunshine123 sunshine12 princess123 princess12 football123
        football12 baseball123 baseball12 basketball basketball1 superman123 batman12345 dragon123456 monkey123456 michael123 jennifer123
        charlie123 shadow12345 master12345 trustno1trustno1 changeme123 changemenow changeme1234 default123 secret12345 mysecret123 test123456 test12345678
        testtest123 testtesttest testing123 testing1234 guest123456 user123456 user12345678 demo123456 login123456 hello123456 helloworld helloworld1
        helloworld123 whatever123 internet123 computer123 computer12 starwars123 pokemon12345 manchester liverpool1 liverpool123 chelsea123
        arsenal123 barcelona1 barcelona123 realmadrid realmadrid1 california metallica1 blink182blink correcthorsebatterystaple
        live800live800 live800portal live800123 live800123456 kefu123456 kefu12345678 kefukefukefu zaixiankefu gongsi123456 company123 company1234
        customer123 service123 service1234 support123 support1234 summer2024 summer2025 summer2026 winter2024 winter2025 winter2026 spring2026 autumn2026
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a guessing program would try this among its first.</summary>
    public static bool Contains(string password) => Words.Contains(password);
}
