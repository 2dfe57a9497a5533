using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OneStop.Domain.Notices;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Interfaces.Notices;
using OneStop.Grains.Notices;
using OneStop.Journal;
using OneStop.Silo.Notices;
using OneStop.Tests;

namespace OneStop.Grains.Tests.Notices;

/// <summary>Notices to a real mail server and a real gateway of the test's own, which also fail.</summary>
public sealed class DeliveryTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 12, 0, 0, 0, TimeSpan.Zero);

    // For servers that hang: waited out by the test, and enough for an answer on a busy machine. Without one, the usual half minute.
    private static readonly TimeSpan LittlePatience = TimeSpan.FromSeconds(2);

    private static readonly Audience Officer = Audience.Holder(Post.SupervisionOfficer, "");
    private static readonly Audience SectionHead = Audience.Holder(Post.SectionHead, "market");

    [Fact]
    public async Task AnEMailSaysWhatTheNoticeSaysInBothLanguages()
    {
        await using var server = new MailReceiver();
        await using var town = await TownAsync(Mail(server));

        await GiveAsync(town, Notices.To(Officer, "N1.1", At));
        await DeliveredAsync(town, 1);

        var mail = Assert.Single(server.Taken);
        Assert.Equal("officer@town.example", mail.To);
        Assert.Equal("<N1.1.email@town.example>", mail.Head("Message-ID"));
        Assert.Equal("请尽快办理。\r\n.\r\n\r\nPlease attend to it.\r\n.\r\n", mail.Text);
        Assert.Equal("黄牌：办件 A1 / Yellow card: case A1", string.Concat(mail.Head("Subject").Split("?=", StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Trim()["=?utf-8?B?".Length..])))));
    }

    [Theory]
    [InlineData(nameof(MailManner.Busy))]
    [InlineData(nameof(MailManner.Hang))]
    public async Task AMailServerThatFailsIsTriedAgain(string fault)
    {
        var manner = Enum.Parse<MailManner>(fault);
        await using var server = new MailReceiver(manner, manner);
        await using var town = await TownAsync(Mail(server) with { Patience = LittlePatience });

        await GiveAsync(town, Notices.To(Officer, "N1.1", At));
        await DeliveredAsync(town, 1);

        Assert.Single(server.Taken);
        Assert.Equal(3, Assert.Single(await town.Grains.DeliveriesAsync()).Attempts);
    }

    [Fact]
    public async Task AMailServerThatIsNotThereIsTriedAgainUntilItIs()
    {
        var gone = new MailReceiver();
        var address = gone.Address;
        await gone.DisposeAsync();
        await using var town = await TownAsync(new NoticeSettings { Smtp = address, From = "onestop@town.example" });

        await GiveAsync(town, Notices.To(Officer, "N1.1", At));

        await Eventually.HoldsAsync(async () => (await town.Grains.DeliveriesAsync())[0].Attempts >= 3, "three attempts");
        var delivery = Assert.Single(await town.Grains.DeliveriesAsync());
        Assert.Equal(DeliveryState.Pending, delivery.State);
        Assert.NotNull(delivery.Error);
    }

    [Fact]
    public async Task WhatAServerTookWithoutSayingSoComesAgainUnderTheSameId()
    {
        await using var server = new MailReceiver(MailManner.DropAfterData);
        await using var town = await TownAsync(Mail(server));

        await GiveAsync(town, Notices.To(Officer, "N1.1", At));
        await DeliveredAsync(town, 1);

        Assert.Equal(2, server.Taken.Count);
        Assert.Single(server.Taken.Select(mail => mail.Head("Message-ID")).Distinct());
    }

    [Fact]
    public async Task AMailboxThatDoesNotExistIsLeftForSomebodyToLookAt()
    {
        await using var server = new MailReceiver(MailManner.UnknownMailbox);
        await using var town = await TownAsync(Mail(server));

        await GiveAsync(town, Notices.To(Officer, "N1.1", At));
        await Eventually.HoldsAsync(async () => (await town.Grains.DeliveriesAsync())[0].State == DeliveryState.Refused, "the refusal");

        var refused = Assert.Single(await town.Grains.DeliveriesAsync());
        Assert.StartsWith("550", refused.Error, StringComparison.Ordinal);
        var outbox = town.Grains.GetGrain<IOutboxGrain>(OutboxGrain.KeyOf(NoticeChannel.Email, Notices.To(Officer, "N1.1", At)));
        Assert.Equal("unknown-delivery", await Command.RefusalAsync(() => outbox.Retry("N9")));
        await outbox.Retry(refused.Id);
        await DeliveredAsync(town, 1);
        Assert.Equal("wrong-state", await Command.RefusalAsync(() => outbox.Retry(refused.Id)));
    }

    [Fact]
    public async Task AGatewayThatFailsIsTriedAgainUnderTheSameKeyAndEachCallIsSigned()
    {
        await using var gateway = new SmsReceiver(500, 503, 0, 401);
        await using var town = await TownAsync(new NoticeSettings { Sms = gateway.Address, SmsSecret = "hush", Patience = LittlePatience });

        await GiveAsync(town, Notices.To(SectionHead, "N1.2", At));
        await DeliveredAsync(town, 1);

        Assert.Equal(5, gateway.Taken.Count);
        Assert.All(gateway.Taken, call =>
        {
            Assert.Equal("N1.2.sms", call.Key);
            Assert.Equal(("N1.2.sms", "13900000001"), (call.Json["id"]!.GetValue<string>(), call.Json["to"]!.GetValue<string>()));
            var parts = call.Signature!.Split(',');
            var signed = Encoding.UTF8.GetBytes(parts[0]["t=".Length..] + "." + Encoding.UTF8.GetString(call.Body));
            Assert.Equal("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData("hush"u8, signed)), parts[1]);
        });
    }

    [Fact]
    public async Task AMessageTheGatewayWillNotHaveHoldsUpNoOther()
    {
        await using var gateway = new SmsReceiver(422);
        await using var town = await TownAsync(new NoticeSettings { Sms = gateway.Address });

        var many = Enumerable.Range(0, 40).Select(i => Notices.To(SectionHead, string.Create(CultureInfo.InvariantCulture, $"N{i}"), At)).ToArray();
        await GiveAsync(town, many);

        await Eventually.HoldsAsync(async () => (await town.Grains.DeliveriesAsync()).All(d => d.State != DeliveryState.Pending), "every answer");
        var deliveries = await town.Grains.DeliveriesAsync();
        Assert.Equal((1, 39), (deliveries.Count(d => d.State == DeliveryState.Refused), deliveries.Count(d => d.State == DeliveryState.Delivered)));
        Assert.Equal(40, gateway.Taken.Select(call => call.Key).Distinct().Count());
    }

    [Fact]
    public async Task APersonIsReachedByTheNumberInADocumentThatCanBeErased()
    {
        await using var gateway = new SmsReceiver();
        await using var town = await TownAsync(new NoticeSettings { Sms = gateway.Address });
        await town.Journal.AppendAsync(new AppendRequest
        {
            Streams = [],
            Documents = [new Document("R1", "A1", """{"phone":"13800000000"}"""u8.ToArray()), new Document("R2", "A2", """{"phone":"13800000001"}"""u8.ToArray())],
        });
        await town.Journal.EraseAsync("R2");

        await GiveAsync(town, Notices.To(Audience.Person("R1", "A1"), "N1.3", At), Notices.To(Audience.Person("R2", "A2"), "N1.4", At));
        await Eventually.HoldsAsync(async () => (await town.Grains.DeliveriesAsync()).All(d => d.State != DeliveryState.Pending), "both ends");

        Assert.Equal("13800000000", Assert.Single(gateway.Taken).Json["to"]!.GetValue<string>());
        Assert.Equal(DeliveryState.Refused, (await town.Grains.DeliveriesAsync()).Single(d => d.Notice == "N1.4").State);
    }

    [Fact]
    public async Task WhatADeadProcessLeftUndeliveredTheNextOneDelivers()
    {
        using var file = new TownFile();
        await using var gateway = new SmsReceiver();
        var settings = new NoticeSettings { Sms = gateway.Address };
        await using (var dying = await TownAsync(settings, file.Database))
            await dying.Services.GetRequiredService<NoticeDesk>().AppendAsync(dying.Journal, Notices.To(SectionHead, "N1.5", At));

        await using var town = await TownAsync(settings, file.Database);
        await Task.WhenAll(Enumerable.Range(0, IDeadlineGrain.Shards).Select(shard => town.Grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(shard)).Look()));
        await DeliveredAsync(town, 1);

        Assert.Single(gateway.Taken);
    }

    private static NoticeSettings Mail(MailReceiver server) => new() { Smtp = server.Address, From = "onestop@town.example" };

    private static Task<TestTown> TownAsync(NoticeSettings settings, string database = ":memory:")
    {
        Assert.Empty(settings.Faults());
        var soon = settings with { Retries = new RetrySchedule(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(40)) };
        return TestTown.StartAsync(database, carriers: soon.Carriers(TimeProvider.System));
    }

    private static Task GiveAsync(TestTown town, params Notice[] notices) =>
        town.Services.GetRequiredService<NoticeDesk>().GiveAsync(town.Journal, town.Grains, [.. notices]);

    private static Task DeliveredAsync(TestTown town, int count) => Eventually.HoldsAsync(
        async () => (await town.Grains.DeliveriesAsync()).Count(d => d.State == DeliveryState.Delivered) == count, $"{count} deliveries");
}
