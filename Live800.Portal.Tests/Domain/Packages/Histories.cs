using CsCheck;

namespace Live800.Portal.Tests.Domain.Packages;

internal enum Act
{
    Wait,
    WaitDays,
    ToMidnight,
    ToEnd,
    ToStart,
    BuyTermNow,
    BuyTermAfterCurrent,
    BuyTermOn,
    GrantTerm,
    BuyClicks,
    GrantClicks,
    Refund,
    Accept,
    AcceptAndTransfer,
    NobodyAccepts,
    Proactive,
    InviteAccepted,
    InviteRefused,
    InviteIgnored,
    AutomaticInvitation,
    MoveZone,
}

/// <summary>One step of a history; what the two numbers mean depends on the act.</summary>
internal readonly record struct Step(Act Act, int A, int B)
{
    public override string ToString() => Act switch
    {
        Act.Wait => $"wait {A} min",
        Act.WaitDays => $"wait {A} days",
        Act.ToMidnight or Act.ToEnd or Act.ToStart => $"{Act} {(B == 0 ? "-1 tick" : B == 1 ? "exactly" : "+1 s")}",
        Act.BuyTermNow or Act.BuyTermAfterCurrent or Act.GrantTerm => $"{Act} {(A % 4) + 1} seats {(B % 3) + 1} months",
        Act.BuyTermOn => $"BuyTermOn {(A % 4) + 1} seats in {B} days",
        Act.BuyClicks or Act.GrantClicks => $"{Act} {(A % 4) + 1}",
        Act.Refund => $"Refund order #{A}",
        Act.MoveZone => $"MoveZone {History.ZoneIds[A % History.ZoneIds.Length]}",
        _ => $"{Act} after {A % 200} s",
    };
}

/// <summary>A company's life to play: zone, registration, with or without trial, and steps.</summary>
internal sealed record History(string Zone, DateTimeOffset Registered, bool Trial, Step[] Steps)
{
    public static readonly string[] ZoneIds =
    [
        "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
        "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Santiago", "Africa/Cairo",
    ];

    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Days around the ends of months and the changes of summer time, where calendars go wrong.
    private static readonly Gen<DateTimeOffset> Registrations = Gen.Select(
        Gen.OneOf(Gen.Int[0, 800], Gen.OneOf(29, 30, 57, 58, 85, 86, 87, 88, 92, 95, 246, 247, 273, 275, 296, 297, 301, 303, 304)),
        Gen.Int[0, 86_399],
        (day, second) => First.AddDays(day).AddSeconds(second));

    private static readonly Gen<Act> Acts = Gen.Frequency(
        (4, Gen.Const(Act.Wait)), (3, Gen.Const(Act.WaitDays)), (4, Gen.Const(Act.ToMidnight)), (4, Gen.Const(Act.ToEnd)), (1, Gen.Const(Act.ToStart)),
        (2, Gen.Const(Act.BuyTermNow)), (3, Gen.Const(Act.BuyTermAfterCurrent)), (2, Gen.Const(Act.BuyTermOn)), (1, Gen.Const(Act.GrantTerm)),
        (2, Gen.Const(Act.BuyClicks)), (1, Gen.Const(Act.GrantClicks)), (2, Gen.Const(Act.Refund)),
        (9, Gen.Const(Act.Accept)), (1, Gen.Const(Act.AcceptAndTransfer)), (1, Gen.Const(Act.NobodyAccepts)), (3, Gen.Const(Act.Proactive)),
        (3, Gen.Const(Act.InviteAccepted)), (1, Gen.Const(Act.InviteRefused)), (1, Gen.Const(Act.InviteIgnored)), (1, Gen.Const(Act.AutomaticInvitation)),
        (4, Gen.Const(Act.MoveZone)));

    private static readonly Gen<Step> AnyStep = Acts.SelectMany(act => act switch
    {
        Act.Wait => Gen.Int[0, 2000].Select(a => new Step(act, a, 0)),
        Act.WaitDays => Gen.Int[1, 45].Select(a => new Step(act, a, 0)),
        Act.ToMidnight or Act.ToEnd or Act.ToStart => Gen.Int[0, 2].Select(b => new Step(act, 0, b)),
        Act.BuyTermOn => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 70], (a, b) => new Step(act, a, b)),
        Act.BuyTermNow or Act.BuyTermAfterCurrent or Act.GrantTerm => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], (a, b) => new Step(act, a, b)),
        Act.MoveZone => Gen.Int[0, ZoneIds.Length - 1].Select(a => new Step(act, a, 0)),
        Act.Refund => Gen.Int[0, 6].Select(a => new Step(act, a, 0)),
        _ => Gen.Int[0, 199].Select(a => new Step(act, a, 0)),
    });

    public static readonly Gen<History> Any =
        Gen.Select(Gen.OneOf(ZoneIds), Registrations, Gen.Bool, AnyStep.Array[1, 30], (zone, at, trial, steps) => new History(zone, at, trial, steps));

    public override string ToString() => $"{Zone}, registered {Registered:u}, {(Trial ? "with" : "without")} trial: {string.Join("; ", Steps)}";
}
