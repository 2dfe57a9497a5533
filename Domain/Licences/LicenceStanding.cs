using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Licences;

/// <summary>How a licence stands.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<LicenceStanding>))]
public enum LicenceStanding
{
    /// <summary>It is valid (有效).</summary>
    Valid,

    /// <summary>It is valid, but was not inspected in time (逾期未年检).</summary>
    InspectionOverdue,

    /// <summary>Its time is over and it was not renewed (过期).</summary>
    Expired,

    /// <summary>The department took it back (撤销、吊销).</summary>
    Revoked,
}

/// <summary>The terms of a licence that end.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<LicenceTerm>))]
public enum LicenceTerm
{
    /// <summary>The time until it must be inspected (年检).</summary>
    Inspection,

    /// <summary>The time for which it is valid (有效期).</summary>
    Validity,
}
