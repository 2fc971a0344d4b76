using System.Collections;

namespace Live800.Portal.Features.Visitors;

/// <summary>A row and its place.</summary>
internal readonly record struct NumberedRow(int At, QueueRow Row);

/// <summary>
/// The shared rows of a snapshot with their places, as Virtualize wants them: an ICollection that copies nothing. Twenty agents look at one list.
/// </summary>
internal sealed class NumberedRows(IReadOnlyList<QueueRow> rows) : IList<NumberedRow>
{
    public int Count => rows.Count;

    public bool IsReadOnly => true;

    public NumberedRow this[int index]
    {
        get => new(index, rows[index]);
        set => throw new NotSupportedException();
    }

    public IEnumerator<NumberedRow> GetEnumerator()
    {
        for (var i = 0; i < rows.Count; i++) yield return new(i, rows[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public int IndexOf(NumberedRow item) => item.At;

    public bool Contains(NumberedRow item) => item.At < rows.Count && ReferenceEquals(rows[item.At], item.Row);

    public void CopyTo(NumberedRow[] array, int arrayIndex)
    {
        for (var i = 0; i < rows.Count; i++) array[arrayIndex + i] = this[i];
    }

    public void Add(NumberedRow item) => throw new NotSupportedException();

    public void Clear() => throw new NotSupportedException();

    public void Insert(int index, NumberedRow item) => throw new NotSupportedException();

    public bool Remove(NumberedRow item) => throw new NotSupportedException();

    public void RemoveAt(int index) => throw new NotSupportedException();
}
