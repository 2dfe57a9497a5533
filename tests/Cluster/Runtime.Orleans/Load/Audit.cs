using Npgsql;
using OneStop.Web.Tests.Serving;

namespace OneStop.Cluster.Tests;

/// <summary>What the record says of the commands that callers remember. All but the acknowledged commands and the cards are to be 0.</summary>
internal sealed record Audit
{
    public required long Acknowledged { get; init; }

    /// <summary>Acknowledged commands that the journal has.</summary>
    public required long InJournal { get; init; }

    /// <summary>Acknowledged commands that it has not, and recorded commands without their event.</summary>
    public required long Lost { get; init; }

    /// <summary>Events beyond one for each command.</summary>
    public required long Duplicates { get; init; }

    public required long TicketsTwice { get; init; }

    public required long CardsMissing { get; init; }

    public required long CardsDouble { get; init; }

    /// <summary>Faults of the hash chains.</summary>
    public required long Forked { get; init; }

    /// <summary>Answers of status 500 and above that were no refusal, and commands given up.</summary>
    public required long Failed { get; init; }

    public required long Cards { get; init; }

    // Each kind of command with the event that it leaves once.
    private static readonly (string Kind, string Event)[] Effects =
    [
        ("take", "ticket.issued.v1"), ("finish", "counter.service-finished.v1"), ("apply", "application.received.v1"),
        ("accept", "application.accepted.v1"), ("complete", "application.step-completed.v1"),
    ];

    private const string MissingCards = $"""
        FROM applications a WHERE a.item = '{ClusterTown.BriefItem}' AND a.started_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.application = a.number AND c.level = 'red')
        """;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsClean => Lost + Duplicates + TicketsTwice + CardsMissing + CardsDouble + Forked + Failed == 0;

    /// <summary>Counts, once every deadline of the run has passed.</summary>
    public static async Task<Audit> OfAsync(RunningCluster cluster, IReadOnlyCollection<Outcome> outcomes)
    {
        await using var source = NpgsqlDataSource.Create(cluster.Connection);
        await Until.Passed(DateTimeOffset.UtcNow + ClusterTown.BriefLimit);
        // The last of them may only just have been woken.
        await Task.WhenAny(
            Until.Holds("a card for each case that fell due", () => NumberAsync("SELECT count(*) " + MissingCards), missing => missing == 0));

        var acknowledged = outcomes.Where(outcome => outcome.IsAcknowledged).ToArray();
        var inJournal = await NumberAsync("SELECT count(*) FROM commands WHERE id = ANY($1)", (object)acknowledged.Select(o => o.Key).ToArray());
        var (withoutEffect, beyondOne) = (0L, 0L);
        foreach (var (kind, e) in Effects)
        {
            var excess = await NumberAsync("SELECT count(*) FROM events WHERE type = $1", e)
                - await NumberAsync("SELECT count(*) FROM commands WHERE id LIKE $1", kind + "-%");
            (withoutEffect, beyondOne) = (withoutEffect + Math.Max(0, -excess), beyondOne + Math.Max(0, excess));
        }

        var called = acknowledged.Where(o => o is { Kind: "call", Status: 200 }).Select(o => o.Json["ticket"]!["id"]!.GetValue<string>()).ToArray();
        await using var record = await cluster.OpenRecordAsync();
        return new Audit
        {
            Acknowledged = acknowledged.Length,
            InJournal = inJournal,
            Lost = acknowledged.Length - inJournal + withoutEffect,
            Duplicates = beyondOne,
            TicketsTwice = called.Length - called.Distinct().Count() + await NumberAsync(
                "SELECT count(*) FROM (SELECT 1 FROM events WHERE type = 'ticket.called.v1' GROUP BY convert_from(data, 'UTF8')::json->>'ticketId' HAVING count(*) > 1) t"),
            CardsMissing = await NumberAsync("SELECT count(*) " + MissingCards),
            CardsDouble = await NumberAsync(
                "SELECT count(*) FROM (SELECT 1 FROM events WHERE type = 'application.card-issued.v1' GROUP BY stream, convert_from(data, 'UTF8')::json->>'level' HAVING count(*) > 1) t"),
            Forked = (await record.VerifyAsync()).Faults.Length,
            Failed = outcomes.Count(o => o.Status is 0 or >= 500),
            Cards = await NumberAsync("SELECT count(*) FROM cards WHERE level = 'red'"),
        };

        Task<long> NumberAsync(string sql, params object[] arguments) => Audit.NumberAsync(source, sql, arguments);
    }

    /// <summary>By how much the latest of the cards recorded in this time was late.</summary>
    public static async Task<TimeSpan> LatestDeadlineAsync(RunningCluster cluster, DateTimeOffset from, DateTimeOffset to)
    {
        await using var source = NpgsqlDataSource.Create(cluster.Connection);
        return TimeSpan.FromMicroseconds(await NumberAsync(
            source,
            "SELECT coalesce(max(recorded_at - issued_at), 0) FROM cards WHERE level = 'red' AND recorded_at BETWEEN $1 AND $2",
            Micros(from),
            Micros(to)));

        static long Micros(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    }

    private static async Task<long> NumberAsync(NpgsqlDataSource source, string sql, params object[] arguments)
    {
#pragma warning disable CA2100 // The queries stand above.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        command.CommandTimeout = 300;
        foreach (var argument in arguments) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
