namespace Live800.Portal.Features.Members;

/// <summary>How a site signs who its members are (5), in the languages small sites are written in. None of them needs a package; whoever has a library for JSON Web Tokens may use that.</summary>
public static class MemberExamples
{
    /// <summary>The languages, by the name people know them by.</summary>
    public static readonly IReadOnlyList<string> Languages = ["PHP", "C#", "Python", "Node.js"];

    /// <summary>The code in one of them, with the company's ID and the name of its key in place. The secret is not in it: that belongs into the site's own settings.</summary>
    public static string In(string language, string company, string key) => (language switch
    {
        "PHP" => Php,
        "C#" => CSharp,
        "Python" => Python,
        _ => Node,
    }).Replace("COMPANY", company, StringComparison.Ordinal).Replace("KEYNAME", key, StringComparison.Ordinal);

    /// <summary>What the page carries once the token is there.</summary>
    public const string Page = """<script>(window.Live800 = window.Live800 || {}).member = "TOKEN"</script>""";

    /// <summary>What the page runs when the member signs out.</summary>
    public const string SignOut = "Live800.logout()";

    private const string Php = """
        function live800_token(array $member): string {
            $part = fn (string $bytes) => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
            $body = $part(json_encode(['alg' => 'HS256', 'typ' => 'JWT', 'kid' => 'KEYNAME'])) . '.' . $part(json_encode([
                'aud' => 'COMPANY',
                'sub' => (string) $member['id'],
                'name' => $member['name'],
                'email' => $member['email'],
                'jti' => bin2hex(random_bytes(16)),
                'exp' => time() + 600,
            ]));
            return $body . '.' . $part(hash_hmac('sha256', $body, getenv('LIVE800_KEY'), true));
        }
        """;

    private const string CSharp = """
        static string Live800Token(Member member)
        {
            static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
            var body = Part(new { alg = "HS256", typ = "JWT", kid = "KEYNAME" }) + "." + Part(new
            {
                aud = "COMPANY",
                sub = member.Id.ToString(),
                name = member.Name,
                email = member.Email,
                jti = Guid.NewGuid(),
                exp = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds(),
            });
            var key = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("LIVE800_KEY")!);
            return body + "." + Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(body)));
        }
        """;

    private const string Python = """
        import base64, hashlib, hmac, json, os, time, uuid

        def live800_token(member):
            part = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=")
            body = part(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "KEYNAME"}).encode()) + b"." + part(json.dumps({
                "aud": "COMPANY",
                "sub": str(member["id"]),
                "name": member["name"],
                "email": member["email"],
                "jti": str(uuid.uuid4()),
                "exp": int(time.time()) + 600,
            }).encode())
            return (body + b"." + part(hmac.new(os.environ["LIVE800_KEY"].encode(), body, hashlib.sha256).digest())).decode()
        """;

    private const string Node = """
        const { createHmac, randomUUID } = require("node:crypto");

        function live800Token(member) {
          const part = value => Buffer.from(JSON.stringify(value)).toString("base64url");
          const body = part({ alg: "HS256", typ: "JWT", kid: "KEYNAME" }) + "." + part({
            aud: "COMPANY",
            sub: String(member.id),
            name: member.name,
            email: member.email,
            jti: randomUUID(),
            exp: Math.floor(Date.now() / 1000) + 600,
          });
          return body + "." + createHmac("sha256", process.env.LIVE800_KEY).update(body).digest("base64url");
        }
        """;
}
