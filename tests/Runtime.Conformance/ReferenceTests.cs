using Orleans;
using Orleans.Runtime;

namespace OneStop.Runtime.Conformance;

public interface INamedGrain : IGrainWithStringKey
{
    Task<string> Name();

    Task<string> NameOf(INamedGrain other);

    Task<INamedGrain> Self();

    Task<bool> IsMyself(INamedGrain other);
}

public interface INumberedGrain : IGrainWithIntegerKey
{
    Task<long> Number();

    Task<string> Identity();
}

public interface IColourGrain : IGrainWithStringKey
{
    Task<string> Colour();
}

public interface IUnimplementedGrain : IGrainWithStringKey;

public sealed class NamedGrain : Grain, INamedGrain
{
    public Task<string> Name() => Task.FromResult(this.GetGrainId().ToString());

    public Task<string> NameOf(INamedGrain other) => other.Name();

    public Task<INamedGrain> Self() => Task.FromResult(this.AsReference<INamedGrain>());

    public Task<bool> IsMyself(INamedGrain other) => Task.FromResult(other.GetPrimaryKeyString() == this.GetPrimaryKeyString());
}

[GrainType("my-number")]
public sealed class NumberedGrain : Grain, INumberedGrain
{
    public Task<long> Number() => Task.FromResult(this.GetPrimaryKeyLong());

    public Task<string> Identity() => Task.FromResult(this.GetGrainId().ToString());
}

public sealed class RedGrain : Grain, IColourGrain
{
    public Task<string> Colour() => Task.FromResult("red");
}

public sealed class GreenGrain : Grain, IColourGrain
{
    public Task<string> Colour() => Task.FromResult("green");
}

public sealed class ReferenceTests : ConformanceTest
{
    [Fact]
    public Task A_grain_is_named_by_its_class_and_key() => RunAsync(async host =>
    {
        var key = host.Key("name");
        var grain = host.Client.GetGrain<INamedGrain>(key);

        Assert.Equal($"named/{key}", await grain.Name());
        Assert.Equal($"named/{key}", grain.GetGrainId().ToString());
        Assert.Equal(key, grain.GetPrimaryKeyString());
        Assert.True(GrainId.TryParse($"named/{key}", out var parsed));
        Assert.Equal(parsed, grain.GetGrainId());
        Assert.Equal(GrainId.Create("named", key), grain.GetGrainId());
    });

    [Theory]
    [InlineData(0, "my-number/0")]
    [InlineData(42, "my-number/2A")]
    [InlineData(-1, "my-number/FFFFFFFFFFFFFFFF")]
    [InlineData(long.MinValue, "my-number/8000000000000000")]
    public Task A_grain_with_an_integer_key_knows_it(long key, string identity) => RunAsync(async host =>
    {
        var grain = host.Client.GetGrain<INumberedGrain>(key);

        Assert.Equal(key, await grain.Number());
        Assert.Equal(key, grain.GetPrimaryKeyLong());
        Assert.Equal(identity, await grain.Identity());
    });

    [Fact]
    public Task References_to_one_grain_are_equal() => RunAsync(host =>
    {
        var key = host.Key("equal");

        Assert.Equal(host.Client.GetGrain<INamedGrain>(key), host.Client.GetGrain<INamedGrain>(key));
        Assert.Equal(host.Client.GetGrain<INamedGrain>(key).GetHashCode(), host.Client.GetGrain<INamedGrain>(key).GetHashCode());
        Assert.NotEqual(host.Client.GetGrain<INamedGrain>(key), host.Client.GetGrain<INamedGrain>(host.Key("equal")));
        return Task.CompletedTask;
    });

    [Fact]
    public Task References_travel_in_calls_and_results() => RunAsync(async host =>
    {
        var (one, two) = (host.Client.GetGrain<INamedGrain>(host.Key("one")), host.Client.GetGrain<INamedGrain>(host.Key("two")));

        Assert.Equal(await two.Name(), await one.NameOf(two));
        Assert.Equal(one, await one.Self());
        Assert.True(await one.IsMyself(await one.Self()));
        Assert.False(await one.IsMyself(two));
    });

    [Fact]
    public Task A_reference_is_found_by_type_and_by_identity() => RunAsync(async host =>
    {
        var key = host.Key("found");

        var byType = (INamedGrain)host.Client.GetGrain(typeof(INamedGrain), key);
        var byIdentity = host.Client.GetGrain<INamedGrain>(GrainId.Create("named", key));

        Assert.Equal(await byType.Name(), await byIdentity.Name());
    });

    [Fact]
    public Task A_class_name_prefix_says_which_of_several_classes_is_meant() => RunAsync(async host =>
    {
        var key = host.Key("colour");

        Assert.Equal("red", await host.Client.GetGrain<IColourGrain>(key, typeof(RedGrain).FullName).Colour());
        Assert.Equal("green", await host.Client.GetGrain<IColourGrain>(key, "OneStop.Runtime.Conformance.Green").Colour());
        Assert.Throws<ArgumentException>(() => host.Client.GetGrain<IColourGrain>(key));
    });

    [Fact]
    public Task An_interface_that_no_class_implements_is_refused() => RunAsync(host =>
    {
        Assert.Throws<ArgumentException>(() => host.Client.GetGrain<IUnimplementedGrain>(host.Key("nobody")));
        return Task.CompletedTask;
    });
}
