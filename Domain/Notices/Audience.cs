using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Accounts;
using Orleans;

namespace OneStop.Domain.Notices;

/// <summary>Posts that are told something, from the bottom of the ladder to its top (S6).</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<Post>))]
public enum Post
{
    /// <summary>The handler (经办人): whoever has the step, otherwise all of the department.</summary>
    Handler,

    /// <summary>The head of the section (科室负责人).</summary>
    SectionHead,

    /// <summary>The head of the department (部门负责人).</summary>
    DepartmentHead,

    /// <summary>The supervision officer (监察员).</summary>
    SupervisionOfficer,

    /// <summary>The mayor, or whoever leads this level of government (分管领导).</summary>
    Mayor,
}

/// <summary>How a notice names those whom it is for.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<AudienceKind>))]
public enum AudienceKind
{
    /// <summary>Whoever holds a post.</summary>
    Post,

    /// <summary>The holder of an account.</summary>
    Account,

    /// <summary>Somebody whose e-mail address or telephone number stands in a document of theirs: an applicant, a visitor.</summary>
    Person,
}

/// <summary>Whom a notice is for. No address stands in it: addresses are looked up when the notice goes out.</summary>
/// <param name="Kind">How it names them.</param>
/// <param name="Name">The post's word, the account, or the subject of the document.</param>
/// <param name="Of">Code of the post's department, or the document's id; null for a post of the whole town and for an account.</param>
[GenerateSerializer, Immutable]
public sealed record Audience(AudienceKind Kind, string Name, string? Of)
{
    /// <summary>Whoever holds a post.</summary>
    /// <param name="post">The post.</param>
    /// <param name="department">Code of its department; of no meaning for the posts of the whole town.</param>
    public static Audience Holder(Post post, string department) => new(AudienceKind.Post, CamelCase.Of(post), IsOfTheTown(post) ? null : department);

    /// <summary>The holder of an account.</summary>
    public static Audience Account(string user) => new(AudienceKind.Account, user, null);

    /// <summary>Somebody who is known by a document: a JSON object with <c>phone</c> or <c>email</c>.</summary>
    /// <param name="subject">Whose document it is.</param>
    /// <param name="document">Its id.</param>
    public static Audience Person(string subject, string document) => new(AudienceKind.Person, subject, document);

    /// <summary>What somebody who signed in belongs to: the account itself, the posts of its roles, and those the contacts give it.</summary>
    public static ImmutableArray<Audience> AllOf(Account account, ImmutableArray<Contact> contacts)
    {
        var audiences = ImmutableArray.CreateBuilder<Audience>();
        audiences.Add(Account(account.User));
        if (account.Department is { } department)
        {
            if (account.Roles.Contains(Roles.Handler))
                audiences.Add(Holder(Post.Handler, department));
            if (account.Roles.Contains(Roles.Head))
                audiences.Add(Holder(Post.DepartmentHead, department));
        }

        if (account.Roles.Contains(Roles.Officer))
            audiences.Add(Holder(Post.SupervisionOfficer, ""));
        foreach (var contact in contacts)
            if (contact.User == account.User && contact.Post is { } post)
                audiences.Add(Holder(post, contact.Department ?? ""));
        return [.. audiences.Distinct()];
    }

    /// <summary>Whether a post belongs to the town as a whole, not to a department.</summary>
    public static bool IsOfTheTown(Post post) => post is Post.SupervisionOfficer or Post.Mayor;

    /// <summary>One word for it, by which its notices are found.</summary>
    [JsonIgnore]
    public string Key => Of is null ? $"{CamelCase.Of(Kind)}/{Name}" : $"{CamelCase.Of(Kind)}/{Name}/{Of}";
}
