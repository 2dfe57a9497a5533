using System.Data.Common;
using System.Globalization;

namespace OneStop.Bench.Deadlines;

/// <summary>Counts cards in the database, without the journal.</summary>
internal sealed class CardSql(Func<DbConnection> connect)
{
    /// <summary>Red cards of a time.</summary>
    public Task<long> CountAsync(DateTimeOffset from, DateTimeOffset to) => AskAsync($"SELECT count(*) FROM cards WHERE {Of(from, to)}");

    /// <summary>Cases with red cards of a time: as many as cards when no case has two.</summary>
    public Task<long> CasesAsync(DateTimeOffset from, DateTimeOffset to) => AskAsync($"SELECT count(DISTINCT application) FROM cards WHERE {Of(from, to)}");

    /// <summary>By how much a card was at most recorded before one that was due earlier.</summary>
    public async Task<TimeSpan> OutOfOrderAsync(DateTimeOffset from, DateTimeOffset to) => TimeSpan.FromMicroseconds(await AskAsync(
        $"""
        SELECT max(ahead) FROM (
            SELECT max(issued_at) OVER (ORDER BY recorded_at, issued_at ROWS UNBOUNDED PRECEDING) - issued_at AS ahead
            FROM cards WHERE {Of(from, to)}) AS cards_in_order
        """));

    /// <summary>The percentile 99 of the time from when a card was due to the clock's decision that it is.</summary>
    public async Task<TimeSpan> DecidedAfterAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var cards = await CountAsync(from, to);
        return TimeSpan.FromMicroseconds(await AskAsync(string.Create(
            CultureInfo.InvariantCulture, $"SELECT recorded_at - issued_at FROM cards WHERE {Of(from, to)} ORDER BY 1 LIMIT 1 OFFSET {cards * 99 / 100}")));
    }

    private static string Of(DateTimeOffset from, DateTimeOffset to) => string.Create(
        CultureInfo.InvariantCulture, $"level = 'red' AND issued_at BETWEEN {CardWatch.Micros(from)} AND {CardWatch.Micros(to)}");

    private async Task<long> AskAsync(string sql)
    {
        await using var connection = connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Nothing in it but numbers comes from outside of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
