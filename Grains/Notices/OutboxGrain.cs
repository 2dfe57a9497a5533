using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OneStop.Domain;
using OneStop.Domain.Notices;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Notices;
using OneStop.Grains.Measures;
using OneStop.Grains.Records;
using OneStop.Grains.Supervision;
using OneStop.Journal;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace OneStop.Grains.Notices;

/// <summary>
/// One shard of a channel's outbox. The rows are the truth; what was sent and could not be noted as sent is sent again
/// under the same id. Reentrant, so that nobody who wakes it waits for servers elsewhere.
/// </summary>
[Reentrant]
public sealed partial class OutboxGrain(
    IJournal journal, TimeProvider time, Definitions definitions, NoticeCarriers carriers, TownMeasures measures, ILogger<OutboxGrain> logger)
    : Grain, IOutboxGrain
{
    private const int Parallel = 4;
    private const int LongestError = 500;

    // While deliveries are under way, the record wakes the outbox again after this long: should the process end, another goes on.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private IGrainTimer? timer;
    private bool delivering;
    private bool askedAgain;

    private string Key => this.GetPrimaryKeyString();

    private string Stream => StreamOf(Key);

    private ImmutableArray<RowFilter> Mine =>
    [
        new("channel", RowOperator.Equal, Key[..Key.IndexOf('/', StringComparison.Ordinal)]),
        new("shard", RowOperator.Equal, long.Parse(Key[(Key.IndexOf('/', StringComparison.Ordinal) + 1)..], System.Globalization.CultureInfo.InvariantCulture)),
        new("pending", RowOperator.Equal, true),
    ];

    /// <summary>The stream that carries an outbox's wake-up; it never has an event.</summary>
    public static string StreamOf(string key) => "outbox/" + key;

    /// <summary>The key of the outbox that carries a notice through a channel.</summary>
    public static string KeyOf(NoticeChannel channel, Notice notice) => NoticeRows.KeyOf(channel, NoticeRows.ShardOf(notice));

    /// <inheritdoc/>
    public async Task WakeUp(DateTimeOffset due)
    {
        await SetWakeUpAsync(time.GetUtcNow() + Lease);
        Begin();
    }

    /// <inheritdoc/>
    public async Task<DeliveryRecord> Retry(string id)
    {
        var rows = await journal.QueryAsync(new RowQuery(Tables.Outbox) { Where = [new("id", RowOperator.Equal, id)], Limit = 1 });
        if (rows.IsEmpty) throw Refusals.Unknown("delivery", id);
        var delivery = NoticeRows.Delivery(rows[0]);
        if (delivery.State != DeliveryState.Refused) throw Refusals.WrongState($"The delivery is {CamelCase.Of(delivery.State)}; only a refused one is tried again by hand.");
        var now = time.GetUtcNow().ToMicros();
        var again = NoticeRows.Tried(rows[0], DeliveryState.Pending, delivery.Attempts, now, null, delivery.Error);
        await journal.AppendAsync(new AppendRequest
        {
            Streams = [new StreamAppend(Stream, 0, []) { WakeUp = WakeUpChange.Set(DeadlineGrain.ShardOf(Stream), (now + Lease).Micros()) }],
            Rows = [again],
        });
        Begin();
        return delivery with { State = DeliveryState.Pending, NextAt = now };
    }

    private void Begin()
    {
        askedAgain = true;
        if (delivering) return;
        delivering = true;
        timer?.Dispose();
        timer = this.RegisterGrainTimer(DeliverAsync, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true, Interleave = true });
    }

    private async Task DeliverAsync()
    {
        try
        {
            while (askedAgain)
            {
                askedAgain = false;
                while (await DueAsync() is { IsEmpty: false } due)
                    await journal.AppendAsync(new AppendRequest { Streams = [], Rows = [.. await Task.WhenAll(due.Select(TryAsync))] });
                await PlanAsync();
            }
        }
        catch (Exception e)
        {
            // The lease wakes this outbox again.
            LogStopped(logger, e, Stream);
        }
        finally
        {
            delivering = false;
        }
    }

    private async ValueTask<ImmutableArray<Row>> DueAsync() => await journal.QueryAsync(new RowQuery(Tables.Outbox)
    {
        Where = Mine.Add(new("next_at", RowOperator.LessOrEqual, time.GetUtcNow().Micros())),
        OrderBy = [new("next_at")],
        Limit = Parallel,
    });

    // What was added while the wake-up was being written may have found its own overwritten: so it is looked at once more.
    private async ValueTask PlanAsync()
    {
        var next = await NextAsync();
        while (true)
        {
            await SetWakeUpAsync(next);
            var now = await NextAsync();
            if (now == next) return;
            next = now;
        }
    }

    private async ValueTask<DateTimeOffset?> NextAsync()
    {
        var rows = await journal.QueryAsync(new RowQuery(Tables.Outbox) { Where = Mine, OrderBy = [new("next_at")], Limit = 1 });
        return rows.IsEmpty ? null : rows[0].IntegerOrNull("next_at")?.Instant();
    }

    private async ValueTask SetWakeUpAsync(DateTimeOffset? due)
    {
        var shard = DeadlineGrain.ShardOf(Stream);
        await journal.AppendAsync(new AppendRequest
        {
            Streams = [new StreamAppend(Stream, 0, []) { WakeUp = due is { } at ? WakeUpChange.Set(shard, at.Micros()) : WakeUpChange.Clear }],
        });
        await DeadlineGrain.TellAsync(GrainFactory, Stream, due);
    }

    private async Task<RowChange> TryAsync(Row row)
    {
        var channel = RecordRows.Word<NoticeChannel>(row.Text("channel"));
        var attempts = (int)row.Integer("attempts") + 1;
        var carried = await CarryAsync(row, channel);
        var now = time.GetUtcNow().ToMicros();
        measures.Notices.Tried(channel, carried);
        if (carried.IsDelivered) return NoticeRows.Tried(row, DeliveryState.Delivered, attempts, null, now, null);
        var reason = carried.Reason![..Math.Min(LongestError, carried.Reason!.Length)];
        if (!carried.IsWorthAnother) return NoticeRows.Tried(row, DeliveryState.Refused, attempts, null, null, reason);
        var delivery = row.Text("id");
        LogFailed(logger, delivery, attempts, reason);
        return NoticeRows.Tried(row, DeliveryState.Pending, attempts, now + carriers.Retries.PauseAfter(attempts), null, reason);
    }

    private async Task<Carried> CarryAsync(Row row, NoticeChannel channel)
    {
        if (carriers.Of(channel) is not { } carrier) return Carried.TryAgain("This channel is not set up here.");
        using var patience = new CancellationTokenSource(carriers.Patience, time);
        try
        {
            if (await AddressAsync(NoticeRows.To(row), channel) is not { } address) return Carried.Refused("There is no address.");
            var letter = new Letter(
                row.Text("id"),
                address,
                new LocalizedText(row.Text("title_zh"), row.Text("title_en")),
                new LocalizedText(row.Text("text_zh"), row.Text("text_en")),
                row.Integer("created_at").Instant());
            return await carrier.CarryAsync(letter, patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return Carried.TryAgain($"No answer within {carriers.Patience.TotalSeconds} s.");
        }
        catch (Exception e)
        {
            return Carried.TryAgain(e.Message);
        }
    }

    private async ValueTask<string?> AddressAsync(Audience to, NoticeChannel channel)
    {
        if (to.Kind != AudienceKind.Person) return definitions.Town?.Contacts.FirstOrDefault(contact => contact.Is(to))?.AddressIn(channel);
        // Erased or never there: nobody can be told any more.
        if (await journal.ReadDocumentAsync(to.Name, to.Of!) is not { } document) return null;
        using var known = JsonDocument.Parse(document);
        return known.RootElement.TryGetProperty(channel == NoticeChannel.Sms ? "phone" : "email", out var address) && address.ValueKind == JsonValueKind.String
            ? address.GetString()
            : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {Delivery} failed at attempt {Attempt} and is tried again: {Reason}")]
    private static partial void LogFailed(ILogger logger, string delivery, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deliveries of {Outbox} stopped; they go on within two minutes.")]
    private static partial void LogStopped(ILogger logger, Exception exception, string outbox);
}
