using Live800.Domain.Installation;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Installation;

namespace Live800.Portal.Features.Widget;

/// <summary>What the second script of a page tells about the codes on it and what they cost there (5). Text is compared, never kept.</summary>
internal sealed class ProbeEndpoint(VisitorDoor door, SightingBoard board, PublicAddress here)
{
    private const int CodeLimit = 1000;

    private static readonly byte[][] CodeNames = [[.. "f0"u8], [.. "f1"u8], [.. "f2"u8], [.. "f3"u8], [.. "f4"u8], [.. "f5"u8]];

    private readonly record struct Report(string Address, PageMarks Marks, IReadOnlyList<string> Codes, long Bytes, long Milliseconds);

    /// <summary>Takes one report; nobody needs a pass to tell of a page. Refusals: InputInvalid, TooManyRequests.</summary>
    public async Task ProbeAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.View, ReadReport, passRequired: false) is not { } call)
            return;
        var report = call.Fields;
        var marks = report.Marks | PageCodes.Compare(here.Base, call.Site.Code, report.Codes);
        board.Probe(call.Company, report.Address, marks, report.Bytes, report.Milliseconds, context.Request.Headers.Origin, context.Request.Host.Value);
        await WireAnswer.NothingAsync(context);
    }

    private static Outcome<Report> ReadReport(in FormFields fields)
    {
        if (!fields.TryText("u"u8, out var address) || !fields.TryNumber("b"u8, out var bytes) || !fields.TryNumber("m"u8, out var milliseconds)
            || !fields.TryNumber("o"u8, out var old) || !fields.TryNumber("q"u8, out var first))
        {
            return Refusal.InputInvalid;
        }

        List<string> codes = [];
        foreach (var name in CodeNames)
        {
            if (!fields.TryText(name, out var code))
                return Refusal.InputInvalid;
            if (code.Length is > 0 and <= CodeLimit)
                codes.Add(code);
        }

        return new Report(address, (old == 1 ? PageMarks.Outdated : 0) | (first == 1 ? PageMarks.CodeFirst : 0), codes, bytes, milliseconds);
    }
}
