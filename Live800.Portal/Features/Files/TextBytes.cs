namespace Live800.Portal.Features.Files;

/// <summary>Reads bytes as they come and says whether they are text: without NUL, and whole in UTF-8 or in GBK (GB 18030 too). Keeps nothing but where it stands.</summary>
internal struct TextBytes
{
    private bool _isNotUtf8;
    private bool _isNotGbk;
    private bool _hasNul;
    private int _utf8Left;
    private byte _utf8Lowest;
    private byte _utf8Highest;
    private int _gbkAt;

    /// <summary>After the last byte: whether all of it was text.</summary>
    public readonly bool IsText => !_hasNul && ((!_isNotUtf8 && _utf8Left == 0) || (!_isNotGbk && _gbkAt == 0));

    public void Read(ReadOnlySpan<byte> bytes)
    {
        _hasNul |= bytes.Contains((byte)0);
        foreach (var b in bytes)
        {
            if (_hasNul || (_isNotUtf8 && _isNotGbk)) return;
            if (!_isNotUtf8) ReadUtf8(b);
            if (!_isNotGbk) ReadGbk(b);
        }
    }

    private void ReadUtf8(byte b)
    {
        if (_utf8Left > 0)
        {
            _isNotUtf8 = b < _utf8Lowest || b > _utf8Highest;
            (_utf8Left, _utf8Lowest, _utf8Highest) = (_utf8Left - 1, 0x80, 0xBF);
            return;
        }

        // The second byte's range rules out longer spellings, surrogates and what lies beyond Unicode.
        (_utf8Left, _utf8Lowest, _utf8Highest) = b switch
        {
            < 0x80 => (0, (byte)0, (byte)0),
            >= 0xC2 and <= 0xDF => (1, (byte)0x80, (byte)0xBF),
            0xE0 => (2, (byte)0xA0, (byte)0xBF),
            0xED => (2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => (2, (byte)0x80, (byte)0xBF),
            0xF0 => (3, (byte)0x90, (byte)0xBF),
            >= 0xF1 and <= 0xF3 => (3, (byte)0x80, (byte)0xBF),
            0xF4 => (3, (byte)0x80, (byte)0x8F),
            _ => (-1, (byte)0, (byte)0),
        };
        _isNotUtf8 = _utf8Left < 0;
    }

    private void ReadGbk(byte b)
    {
        (_isNotGbk, _gbkAt) = (_gbkAt, b) switch
        {
            (0, <= 0x80) => (false, 0),
            (0, 0xFF) => (true, 0),
            (0, _) => (false, 1),
            (1, >= 0x30 and <= 0x39) => (false, 2),
            (1, >= 0x40 and not 0x7F and not 0xFF) => (false, 0),
            (2, >= 0x81 and <= 0xFE) => (false, 3),
            (3, >= 0x30 and <= 0x39) => (false, 0),
            _ => (true, 0),
        };
    }
}
