using System.Reflection;
using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Packages;

/// <summary>Rule 2.3: numbered, sealed, recomputed.</summary>
public class LedgerTests
{
    [Fact]
    public void A_key_shorter_than_32_bytes_is_a_bug() => Assert.Throws<ArgumentOutOfRangeException>(() => new LedgerSeal(new byte[31]));

    [Fact]
    public void An_empty_ledger_is_right() => Assert.Null(new Shop().FirstBadLine);

    [Fact]
    public void Lines_are_numbered_without_gaps_and_refusals_leave_none()
    {
        var shop = Busy();
        Assert.Equal(Enumerable.Range(1, shop.Ledger.Count).Select(i => (long)i), shop.Ledger.Select(l => l.Number));
        Assert.Equal(Refusal.NoAnswersLeft, shop.Accept());
        Assert.Equal(shop.Ledger.Count, shop.Account.LedgerNumber);
        Assert.Null(shop.FirstBadLine);
    }

    [Fact]
    public void Removing_any_line_is_found_and_named()
    {
        var shop = Busy();
        for (var i = 0; i < shop.Ledger.Count; i++)
        {
            var without = shop.Ledger.Where((_, at) => at != i);
            Assert.Equal(new LedgerFinding(Shop.Id, i + 1, LedgerFault.Missing), LedgerVerification.FirstBadLine(shop.Account, without, Shop.Seal));
        }
    }

    [Fact]
    public void Removing_several_of_the_last_lines_names_the_first_of_them()
    {
        var shop = Busy();
        Assert.Equal(new LedgerFinding(Shop.Id, 4, LedgerFault.Missing), LedgerVerification.FirstBadLine(shop.Account, shop.Ledger.Take(3), Shop.Seal));
    }

    [Fact]
    public void Changing_any_field_of_any_line_is_found_and_named()
    {
        var tried = 0;
        foreach (var property in typeof(LedgerLine).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            for (var i = 0; ; i++)
            {
                var shop = Busy();
                if (i >= shop.Ledger.Count) break;
                property.SetValue(shop.Ledger[i], Other(property, property.GetValue(shop.Ledger[i])));
                var finding = shop.FirstBadLine;
                Assert.True(finding is { } bad && bad.Line == i + 1, $"{property.Name} of line {i + 1}: {finding}");
                tried++;
            }
        }

        Assert.True(tried > 150);
    }

    [Fact]
    public void A_line_twice_is_found()
    {
        var shop = Busy();
        var twice = shop.Ledger.Take(3).Append(shop.Ledger[2]).Concat(shop.Ledger.Skip(3));
        Assert.Equal(new LedgerFinding(Shop.Id, 3, LedgerFault.Inserted), LedgerVerification.FirstBadLine(shop.Account, twice, Shop.Seal));
    }

    [Fact]
    public void Two_lines_exchanged_are_found()
    {
        var shop = Busy();
        (shop.Ledger[2], shop.Ledger[3]) = (shop.Ledger[3], shop.Ledger[2]);
        Assert.Equal(3, shop.FirstBadLine!.Value.Line);
    }

    [Fact]
    public void Another_companys_line_in_the_same_place_is_found()
    {
        var ours = Busy();
        var theirs = new PackageAccount(new CompanyId(2), Shop.Seal);
        ours.Ledger[0] = theirs.GiveTrial(new(1), ours.Now, ours.Rules, Shop.Seal).Value;
        Assert.Equal(new LedgerFinding(Shop.Id, 1, LedgerFault.Changed), ours.FirstBadLine);
    }

    [Fact]
    public void Another_key_finds_the_first_line()
    {
        var shop = Busy();
        Assert.Equal(1, LedgerVerification.FirstBadLine(shop.Account, shop.Ledger, new LedgerSeal(new byte[32]))!.Value.Line);
    }

    [Theory]
    [InlineData(nameof(PackageAccount.FreeUsed), 0, LedgerFault.AccountChanged)]
    [InlineData(nameof(PackageAccount.LedgerLastSeal), "", LedgerFault.TailChanged)]
    [InlineData(nameof(PackageAccount.LedgerTailSeal), "", LedgerFault.TailChanged)]
    [InlineData(nameof(PackageAccount.LedgerNumber), 0L, LedgerFault.Inserted)]
    public void An_account_that_was_changed_is_found(string property, object value, LedgerFault fault)
    {
        var shop = Busy();
        typeof(PackageAccount).GetProperty(property)!.SetValue(shop.Account, value);
        Assert.Equal(fault, shop.FirstBadLine!.Value.Fault);
    }

    [Fact]
    public void Clicks_given_back_by_hand_are_found_at_the_line_that_credited_them()
    {
        var shop = Busy();
        typeof(ClickCredit).GetProperty(nameof(ClickCredit.Used))!.SetValue(shop.Account.Credits[0], 0);
        Assert.Equal(new LedgerFinding(Shop.Id, 2, LedgerFault.AccountChanged), shop.FirstBadLine);
    }

    [Fact]
    public void A_line_holds_ids_and_numbers_only() => Assert.All(
        typeof(LedgerLine).GetProperties().Where(p => p.PropertyType == typeof(string)),
        p => Assert.Equal(nameof(LedgerLine.Seal), p.Name));

    [Fact]
    public void A_grants_note_is_kept_beside_the_ledger()
    {
        var shop = new Shop();
        _ = shop.Account.GrantClicks(new(1), 3, "  开业\n赠送 ", shop.Now, Shop.Seal).Value;
        Assert.Equal("开业 赠送", shop.Account.Credits[0].Note);
        Assert.Equal(CreditOrigin.Grant, shop.Account.Credits[0].Origin);
    }

    /// <summary>One line of every sort: trial, clicks, term, answers of all three kinds, both refunds.</summary>
    private static Shop Busy()
    {
        var shop = new Shop("2026-03-02 12:00").Trial().Clicks(3, order: 50).Accepts(1).On("2026-03-20 12:00").Accepts(2).Monthly(2, order: 51);
        _ = shop.Refund(51).Value;
        _ = shop.Refund(50).Value;
        return shop.Accepts(5);
    }

    private static object? Other(PropertyInfo property, object? value)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return value switch
        {
            null when type.IsEnum => Enum.ToObject(type, 1),
            null when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch,
            null when type == typeof(DateOnly) => new DateOnly(2026, 1, 1),
            null => type == typeof(int) ? 7 : Activator.CreateInstance(type, 7L),
            string text => text[..^1] + (text[^1] == '0' ? '1' : '0'),
            DateTimeOffset at => at.AddTicks(1),
            DateOnly day => day.AddDays(1),
            int number => number + 1,
            long number => number + 1,
            Enum some => Enum.ToObject(type, Convert.ToInt32(some, System.Globalization.CultureInfo.InvariantCulture) + 1),
            _ => Activator.CreateInstance(type, 999L),
        };
    }
}
