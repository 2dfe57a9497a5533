using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Forms;

/// <summary>
/// One form (一表制, A4): what an applicant once handed in is offered again and need not be asked twice. Offered is what the form
/// asks for under the same name and would take as it stands, the newest answer of each, and the files of materials that the item
/// asks for under either name.
/// </summary>
public static class OneForm
{
    /// <summary>The answers that a form would take.</summary>
    /// <param name="form">The form to be filled in; null for an item without one.</param>
    /// <param name="earlier">What the applicant handed in, the newest first.</param>
    public static ImmutableArray<OfferedAnswer> Answers(FormSchema? form, IEnumerable<HandedIn> earlier)
    {
        if (form is null)
            return [];
        var offered = ImmutableArray.CreateBuilder<OfferedAnswer>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handedIn in earlier)
        {
            using var answers = JsonDocument.Parse(handedIn.Form);
            if (answers.RootElement.ValueKind != JsonValueKind.Object)
                continue;
            foreach (var answer in answers.RootElement.EnumerateObject())
                if (!known.Contains(answer.Name) && form.Takes(answer.Name, answer.Value))
                {
                    known.Add(answer.Name);
                    offered.Add(new(answer.Name, answer.Value.GetRawText(), handedIn.Application, handedIn.At));
                }
        }

        return offered.ToImmutable();
    }

    /// <summary>The files that an item asks for: of each material those of the case that got one last, no content twice.</summary>
    /// <param name="item">The item.</param>
    /// <param name="earlier">What the applicant handed in.</param>
    public static ImmutableArray<OfferedFile> Materials(ItemDefinition item, IEnumerable<HandedIn> earlier)
    {
        var held = earlier.SelectMany(handedIn => handedIn.Files).OrderByDescending(file => file.At).ToList();
        return
        [
            .. item.Materials.SelectMany(material =>
            {
                var fitting = held.Where(file => material.IsCalled(file.Material.Zh) || material.IsCalled(file.Material.En)).ToList();
                return fitting.Where(file => file.Application == fitting[0].Application).OrderBy(file => file.Attachment)
                    .DistinctBy(file => file.Sha256).Select(file => new OfferedFile(material.Zh, file, null));
            }),
        ];
    }
}
