using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Orleans;

namespace OneStop.Domain.Notices;

/// <summary>Where the holder of a post or an account is reached: data of the catalogue (<c>contacts.json</c>).</summary>
[GenerateSerializer, Immutable]
public sealed partial record Contact
{
    /// <summary>The post. Default: null, the contact is that of an account alone.</summary>
    [Id(0)]
    public Post? Post { get; init; }

    /// <summary>Code of the post's department. Default: null, for the posts of the whole town.</summary>
    [Id(1)]
    public string? Department { get; init; }

    /// <summary>The account of whoever holds the post, who then sees its notices on screen. Default: null.</summary>
    [Id(2)]
    public string? User { get; init; }

    /// <summary>E-mail address. Default: null, none.</summary>
    [Id(3)]
    public string? Email { get; init; }

    /// <summary>Number for short messages. Default: null, none.</summary>
    [Id(4)]
    public string? Phone { get; init; }

    /// <summary>Whether it is the contact of those whom a notice is for.</summary>
    public bool Is(Audience audience) => audience.Kind switch
    {
        AudienceKind.Post => Post is { } post && CamelCase.Of(post) == audience.Name && Department == audience.Of,
        AudienceKind.Account => Post is null && User == audience.Name,
        _ => false,
    };

    /// <summary>The address in a channel; null without one.</summary>
    public string? AddressIn(NoticeChannel channel) => channel == NoticeChannel.Email ? Email : Phone;

    /// <summary>Whether an e-mail address can stand in a message's head as it is.</summary>
    public static bool IsEmail(string text) => text.Length <= 254 && EmailShape().IsMatch(text);

    /// <summary>Whether a telephone number can be dialled.</summary>
    public static bool IsPhone(string text) => PhoneShape().IsMatch(text);

    /// <summary>Every fault of a list of contacts.</summary>
    /// <param name="contacts">The contacts.</param>
    /// <param name="departments">Codes of the departments there are.</param>
    public static ImmutableArray<Fault> Faults(ImmutableArray<Contact> contacts, IReadOnlySet<string> departments)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        var known = new HashSet<(Post?, string?, string?)>();
        for (var i = 0; i < contacts.Length; i++)
        {
            var (contact, place) = (contacts[i], $"/contacts/{i}");
            if (contact.Post is null && string.IsNullOrWhiteSpace(contact.User))
                faults.Add(new(place, "required", "A contact names a post or a user."));
            if (contact.Post is { } post && Audience.IsOfTheTown(post) != contact.Department is null)
                faults.Add(new(place + "/department", "wrong-post", Audience.IsOfTheTown(post) ? "This post belongs to no department." : "This post belongs to a department: name it."));
            if (contact.Department is { } department && !departments.Contains(department))
                faults.Add(new(place + "/department", "unknown-department", $"There is no department '{department}'."));
            if (contact.Email is { } email && !IsEmail(email))
                faults.Add(new(place + "/email", "malformed", "An e-mail address has a name, an @ and a domain, without spaces."));
            if (contact.Phone is { } phone && !IsPhone(phone))
                faults.Add(new(place + "/phone", "malformed", "A telephone number has 5 to 20 digits."));
            if (!known.Add((contact.Post, contact.Department, contact.Post is null ? contact.User : null)))
                faults.Add(new(place, "repeated", "There is another contact for the same post or user."));
        }

        return faults.ToImmutable();
    }

    [GeneratedRegex(@"\A[0-9A-Za-z.!#$%&'*+/=?^_`{|}~-]+@[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex EmailShape();

    [GeneratedRegex(@"\A\+?[0-9][0-9 -]{4,19}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PhoneShape();
}
