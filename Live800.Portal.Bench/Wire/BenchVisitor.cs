using System.Net;
using System.Text.Json;
using Live800.Portal.Bench.Rows;

namespace Live800.Portal.Bench.Wire;

/// <summary>A visitor as the portal sees one: a pass, an address of its own and what its script would post.</summary>
internal sealed class BenchVisitor(string company, long number, string pass)
{
    private readonly string _address = PageViewLoad.Address(number);

    public long Conversation { get; set; }

    /// <summary>Views one page as a new visitor and keeps the pass that comes back.</summary>
    public static async Task<BenchVisitor> ArriveAsync(LeanHttp http, string company, long number)
    {
        var (status, body) = await http.ExchangeAsync(LeanHttp.Post($"/w/{company}/view", PageViewLoad.View(number), PageViewLoad.Address(number)));
        if (status != 200)
            throw new InvalidOperationException($"view answered {status}: {body}");
        using var answer = JsonDocument.Parse(body);
        return new BenchVisitor(company, number, answer.RootElement.GetProperty("p").GetString()!);
    }

    /// <summary>Many of them, over a few connections.</summary>
    public static async Task<BenchVisitor[]> ArriveAsync(IPEndPoint server, string company, int count, long firstNumber = 1)
    {
        var visitors = new BenchVisitor[count];
        await EachAsync(server, count, async (http, index) => visitors[index] = await ArriveAsync(http, company, firstNumber + index));
        return visitors;
    }

    /// <summary>Does <paramref name="work"/> for every index, spread over a few connections.</summary>
    public static async Task EachAsync(IPEndPoint server, int count, Func<LeanHttp, int, Task> work)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(64, count)).Select(_ => Task.Run(async () =>
        {
            using var http = await LeanHttp.ConnectAsync(server);
            int index;
            while ((index = Interlocked.Increment(ref next)) < count)
                await work(http, index);
        })));
    }

    /// <summary>Asks for a chat; the conversation it opens is kept.</summary>
    public async Task RequestAsync(LeanHttp http)
    {
        var (status, body) = await http.ExchangeAsync(Post("request", "k=k1"));
        if (status != 200)
            throw new InvalidOperationException($"request answered {status}: {body}");
        using var answer = JsonDocument.Parse(body);
        foreach (var told in answer.RootElement.GetProperty("e").EnumerateArray())
        {
            if (told.GetProperty("t").GetString() == "conv" && told.GetProperty("c").GetInt64() is > 0 and var conversation)
                Conversation = conversation;
        }
        if (Conversation == 0)
            throw new InvalidOperationException($"no conversation was opened: {body}");
    }

    /// <summary>Goes on to another page of the site.</summary>
    public byte[] Next(string title) => Post("view", $"k=k{number:x}&u=https%3A%2F%2Fshop.example%2Fnext%2F{number % 500}&t={Uri.EscapeDataString(title)}&r=&i=1");

    /// <summary>One message with an id of its own.</summary>
    public byte[] Message(string text) => Message(text, Guid.NewGuid());

    /// <summary>One message with an id that is looked for later.</summary>
    public byte[] Message(string text, Guid id) => Post("message", $"c={Conversation}&id={id:D}&x={Uri.EscapeDataString(text)}");

    /// <summary>Opens the stream; the connection then belongs to it.</summary>
    public byte[] Stream() => Post("stream", $"k=k{number:x}&c=&i=1");

    private byte[] Post(string verb, string form) => LeanHttp.Post($"/w/{company}/{verb}", $"p={pass}&{form}", _address);
}
