using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>Events to bytes and back, by the stable names of <see cref="EventTypeAttribute"/>.</summary>
internal static class EventCodec
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    private static readonly FrozenDictionary<string, Type> TypesByName = typeof(IDomainEvent).Assembly.GetTypes()
        .Select(type => (type, name: type.GetCustomAttribute<EventTypeAttribute>()?.FullName))
        .Where(x => x.name is not null)
        .ToFrozenDictionary(x => x.name!, x => x.type);

    private static readonly FrozenDictionary<Type, string> NamesByType =
        TypesByName.ToFrozenDictionary(x => x.Value, x => x.Key);

    public static string NameOf<TEvent>()
        where TEvent : IDomainEvent => NamesByType[typeof(TEvent)];

    public static NewEvent Encode(IDomainEvent e) =>
        new(NamesByType[e.GetType()], e.At.Micros(), e.Actor, JsonSerializer.SerializeToUtf8Bytes(e, e.GetType(), Json));

    public static IDomainEvent Decode(StoredEvent stored) =>
        TypesByName.TryGetValue(stored.Type, out var type)
            ? (IDomainEvent)JsonSerializer.Deserialize(stored.Data, type, Json)!
            : throw new InvalidOperationException($"Event {stored.Seq} has the unknown type '{stored.Type}': it was written by a newer version.");
}
