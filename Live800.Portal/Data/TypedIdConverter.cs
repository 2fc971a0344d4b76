using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Live800.Portal.Data;

/// <summary>Stores a <c>readonly record struct XId(TInner Value)</c> as its value.</summary>
internal sealed class TypedIdConverter<TId, TInner>() : ValueConverter<TId, TInner>(ToStore(), FromStore())
    where TId : struct
    where TInner : struct
{
    private static Expression<Func<TId, TInner>> ToStore()
    {
        var id = Expression.Parameter(typeof(TId), "id");
        return Expression.Lambda<Func<TId, TInner>>(Expression.Property(id, "Value"), id);
    }

    private static Expression<Func<TInner, TId>> FromStore()
    {
        var value = Expression.Parameter(typeof(TInner), "value");
        return Expression.Lambda<Func<TInner, TId>>(Expression.New(typeof(TId).GetConstructor([typeof(TInner)])!, value), value);
    }
}
