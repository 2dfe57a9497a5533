using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Grains.Records;
using OneStop.Grains.Tests.Applications;
using OneStop.Grains.Tests.Halls;
using Orleans.Serialization;

namespace OneStop.Grains.Tests.Runtime.Orleans;

/// <summary>The real serializer, as between two silos.</summary>
public sealed class SerializerTests
{
    [Fact]
    public async Task MessagesComeOutAsTheyWentIn()
    {
        await using var town = await TestTown.StartAsync();
        var application = await town.AcceptedAsync("N1", TownDefinitions.Restaurant);
        await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        object[] messages =
        [
            TownDefinitions.Town,
            await application.View(),
            await counter.CallNext(Command.By("clerk1")),
            await counter.View(),
            await town.Hall().Contribution(),
            CaseTown.Intake("shop-licence"),
            CaseTown.Head("market"),
        ];
        var serializer = town.Services.GetRequiredService<Serializer>();

        foreach (var message in messages)
        {
            var back = serializer.Deserialize<object>(serializer.SerializeToArray<object>(message))!;
            Assert.Equal(message.GetType(), back.GetType());
            Assert.Equal(JsonSerializer.Serialize(message), JsonSerializer.Serialize(back));
        }

        ApplicationCommand command = new CompleteStep("fire", StepOutcome.Approved, "o1");
        Assert.Equal(command, serializer.Deserialize<ApplicationCommand>(serializer.SerializeToArray(command)));
    }

    [Fact]
    public async Task ExceptionsKeepTheirTypeAndTheirProperties()
    {
        await using var town = await TestTown.StartAsync();
        var serializer = town.Services.GetRequiredService<Serializer>();
        var refusal = new OneStopException(RefusalKind.TooMany, "too-many-requests", "Wait.")
        {
            Faults = [new Fault("/a", "b", "c")],
            RetryAfter = TimeSpan.FromSeconds(3),
        };

        var back = (OneStopException)serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(refusal))!;
        var stale = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(new StaleCompanionException("s")));

        Assert.Equal((refusal.Kind, refusal.Code, refusal.Message, refusal.RetryAfter), (back.Kind, back.Code, back.Message, back.RetryAfter));
        Assert.Equal(refusal.Faults.AsEnumerable(), back.Faults.AsEnumerable());
        Assert.IsType<StaleCompanionException>(stale);
    }
}
