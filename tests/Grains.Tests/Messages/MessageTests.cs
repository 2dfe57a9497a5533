using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using OneStop.Domain;
using OneStop.Grains.Halls;
using OneStop.Grains.Interfaces;
using Orleans;

namespace OneStop.Grains.Tests.Messages;

/// <summary>What crosses grain calls is immutable and the serializer of every runtime knows it.</summary>
public sealed class MessageTests
{
    private static readonly FrozenSet<Type> Plain = new[]
    {
        typeof(string), typeof(Guid), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(decimal),
    }.ToFrozenSet();

    private static readonly FrozenSet<Type> Collections = new[]
    {
        typeof(ImmutableArray<>), typeof(ImmutableDictionary<,>), typeof(ImmutableSortedSet<>), typeof(ImmutableSortedDictionary<,>), typeof(ImmutableHashSet<>),
        typeof(FrozenDictionary<,>), typeof(FrozenSet<>), typeof(Nullable<>), typeof(Task<>), typeof(ValueTask<>),
    }.ToFrozenSet();

    private static readonly Assembly[] Ours = [typeof(IDomainEvent).Assembly, typeof(CommandInfo).Assembly, typeof(CounterGrain).Assembly];

    public static TheoryData<Type> Messages => [.. Reachable()];

    public static TheoryData<Type> Exceptions => [.. Ours.SelectMany(a => a.GetTypes()).Where(t => t.IsSubclassOf(typeof(Exception)) && !t.IsNested)];

    [Fact]
    public void EveryKindOfMessageIsFound() =>
        Assert.Superset(
            new HashSet<string> { "CommandInfo", "Ticket", "TicketState", "CompleteStep", "ReportStart", "WorkingDays", "TownDefinition", "FeedVersion" },
            Reachable().Select(type => type.Name).ToHashSet());

    [Theory]
    [MemberData(nameof(Messages), DisableDiscoveryEnumeration = true)]
    public void AMessageIsAnnotatedForTheSerializer(Type message)
    {
        Assert.True(message.IsDefined(typeof(GenerateSerializerAttribute), inherit: false), $"{message} lacks [GenerateSerializer].");
        if (message.IsEnum) return;
        Assert.True(message.IsDefined(typeof(ImmutableAttribute), inherit: false), $"{message} lacks [Immutable].");
        var constructed = Constructors(message).SelectMany(c => c.GetParameters()).Select(p => p.Name!).ToHashSet();
        foreach (var property in Stored(message).Where(p => !constructed.Contains(p.Name)))
            Assert.True(property.IsDefined(typeof(IdAttribute)), $"{message}.{property.Name} lacks [Id].");
    }

    [Theory]
    [MemberData(nameof(Messages), DisableDiscoveryEnumeration = true)]
    public void AMessageCannotChange(Type message)
    {
        if (message.IsEnum) return;
        foreach (var property in message.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
        {
            var isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers()
                .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
            Assert.True(property.SetMethod is null || isInit == true, $"{message}.{property.Name} can be set.");
        }

        foreach (var field in Fields(message)) Assert.True(field.IsInitOnly || IsBacking(field), $"{message}.{field.Name} can be set.");
        foreach (var part in Parts(message)) AssertFixed(part, message);
    }

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public void AnExceptionCrossesWithItsOwnProperties(Type exception)
    {
        Assert.True(exception.IsDefined(typeof(GenerateSerializerAttribute), inherit: false), $"{exception} lacks [GenerateSerializer].");
        foreach (var property in Stored(exception)) Assert.True(property.IsDefined(typeof(IdAttribute)), $"{exception}.{property.Name} lacks [Id].");
        Assert.All(Fields(exception), field => Assert.True(IsBacking(field), $"{exception}.{field.Name} does not cross."));
    }

    private static HashSet<Type> Reachable()
    {
        var found = new HashSet<Type>();
        var calls = typeof(CommandInfo).Assembly.GetTypes().Where(t => t.IsInterface && t.IsAssignableTo(typeof(IGrain))).SelectMany(t => t.GetMethods());
        foreach (var call in calls)
        {
            foreach (var parameter in call.GetParameters()) Add(parameter.ParameterType, found);
            Add(call.ReturnType, found);
        }

        return found;
    }

    private static void Add(Type type, HashSet<Type> found)
    {
        if (type.IsGenericType)
            foreach (var argument in type.GetGenericArguments())
                Add(argument, found);
        if (!Ours.Contains(type.Assembly) || type.IsInterface || !found.Add(type)) return;
        foreach (var part in Parts(type)) Add(part, found);
        foreach (var derived in Ours.SelectMany(a => a.GetTypes()).Where(t => t.IsSubclassOf(type))) Add(derived, found);
    }

    private static void AssertFixed(Type part, Type message)
    {
        if (part.IsPrimitive || part.IsEnum || Plain.Contains(part) || (Ours.Contains(part.Assembly) && !part.IsInterface)) return;
        Assert.True(
            part.IsGenericType && Collections.Contains(part.GetGenericTypeDefinition()), $"{message} holds {part}, which can change or is not known to be fixed.");
        foreach (var argument in part.GetGenericArguments()) AssertFixed(argument, message);
    }

    private static IEnumerable<Type> Parts(Type message) => message.IsEnum ? [] : Fields(message).Select(field => field.FieldType);

    private static FieldInfo[] Fields(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static bool IsBacking(FieldInfo field) => field.Name.StartsWith('<');

    private static IEnumerable<PropertyInfo> Stored(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(property => Fields(type).Any(field => field.Name == $"<{property.Name}>k__BackingField"));

    private static IEnumerable<ConstructorInfo> Constructors(Type type) =>
        type.GetConstructors().Where(c => !(c.GetParameters() is [var only] && only.ParameterType == type));
}
