using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Catalogue;

namespace OneStop.Silo.City;

/// <summary>A department of the generated city and what its items are about.</summary>
internal sealed record CityOffice(string Code, LocalizedText Name, GovernmentLevel Level, LocalizedText Subject);

/// <summary>What is done with a subject: together they are an item.</summary>
internal sealed record CityAction(string Code, LocalizedText Name, ItemKind Kind);

/// <summary>The words of the generated city: 44 departments of four levels, as the published figures of Chengdu have them, and 16 actions of every kind.</summary>
internal static class CityNames
{
    public static ImmutableArray<CityOffice> Offices { get; } =
    [
        Office("development", "发展和改革委员会", "Development and Reform", "投资项目", "Investment project"),
        Office("industry", "经济和信息化局", "Economy and Information", "工业企业", "Industrial enterprise"),
        Office("education", "教育局", "Education", "民办学校", "Private school"),
        Office("science", "科学技术局", "Science and Technology", "高新技术企业", "High-tech enterprise"),
        Office("religion", "民族宗教事务局", "Ethnic and Religious Affairs", "宗教活动场所", "Place of worship"),
        Office("police", "公安局", "Public Security", "特种行业", "Special trade"),
        Office("civil", "民政局", "Civil Affairs", "社会组织", "Social organization"),
        Office("justice", "司法局", "Justice", "律师执业", "Lawyer's practice"),
        Office("finance", "财政局", "Finance", "会计机构", "Accounting firm"),
        Office("labour", "人力资源和社会保障局", "Human Resources and Social Security", "职业培训", "Vocational training"),
        Office("planning", "规划和自然资源局", "Planning and Natural Resources", "建设用地", "Building land"),
        Office("environment", "生态环境局", "Ecology and Environment", "排污", "Discharge"),
        Office("construction", "住房和城乡建设局", "Housing and Construction", "建筑工程", "Building work"),
        Office("urban", "城市管理委员会", "Urban Management", "户外广告", "Outdoor advertising"),
        Office("transport", "交通运输局", "Transport", "道路运输", "Road transport"),
        Office("water", "水务局", "Water", "取水", "Water abstraction"),
        Office("agriculture", "农业农村局", "Agriculture and Rural Affairs", "农业经营", "Farm business"),
        Office("commerce", "商务局", "Commerce", "成品油零售", "Fuel retail"),
        Office("culture", "文化广电旅游局", "Culture and Tourism", "营业性演出", "Commercial performance"),
        Office("health", "卫生健康委员会", "Health", "医疗机构", "Medical institution"),
        Office("veterans", "退役军人事务局", "Veterans Affairs", "优抚对象", "Veteran's care"),
        Office("emergency", "应急管理局", "Emergency Management", "危险化学品", "Hazardous chemicals"),
        Office("market", "市场监督管理局", "Market Supervision", "食品经营", "Food business"),
        Office("sports", "体育局", "Sports", "体育场所", "Sports venue"),
        Office("statistics", "统计局", "Statistics", "涉外调查", "Foreign-related survey"),
        Office("insurance", "医疗保障局", "Healthcare Security", "医保定点", "Insurance designation"),
        Office("banking", "地方金融管理局", "Local Finance", "小额贷款", "Micro-credit"),
        Office("parks", "公园城市建设管理局", "Parks", "林木采伐", "Felling"),
        Office("defence", "国防动员办公室", "National Defence Mobilization", "人防工程", "Civil defence work"),
        Office("tax", "税务局", "Taxation", "发票", "Invoices"),
        Office("weather", "气象局", "Meteorology", "防雷装置", "Lightning protection"),
        Office("fire", "消防救援支队", "Fire and Rescue", "公众聚集场所", "Place of assembly"),
        Office("provident", "住房公积金管理中心", "Housing Provident Fund", "住房公积金", "Provident fund"),
        Office("disabled", "残疾人联合会", "Disabled Persons' Federation", "残疾人", "Disabled person"),
        Office("tobacco", "烟草专卖局", "Tobacco Monopoly", "烟草零售", "Tobacco retail"),
        Office("post", "邮政管理局", "Postal Administration", "快递业务", "Courier business"),
        Office("archives", "档案馆", "Archives", "档案", "Archives"),
        Office("logistics", "口岸与物流办公室", "Ports and Logistics", "物流园区", "Logistics park"),
        Office("letters", "信访局", "Letters and Visits", "信访", "Petition"),
        Office("data", "大数据管理局", "Data Administration", "公共数据", "Public data"),
        Office("county-civil", "区民政局", "District Civil Affairs", "临时救助", "Temporary relief", GovernmentLevel.County),
        Office("county-labour", "区人力资源和社会保障局", "District Social Security", "就业困难人员", "Hardship employment", GovernmentLevel.County),
        Office("township", "街道便民服务中心", "Subdistrict Service Centre", "居民", "Resident", GovernmentLevel.Township),
        Office("community", "社区党群服务中心", "Community Service Centre", "社区居民", "Neighbourhood", GovernmentLevel.Community),
    ];

    public static ImmutableArray<CityAction> Actions { get; } =
    [
        Action("licence", "设立许可", "licence", ItemKind.Commitment),
        Action("change", "变更登记", "change", ItemKind.Instant),
        Action("joint", "联合审批", "joint approval", ItemKind.Joint),
        Action("subsidy", "补贴申领", "subsidy", ItemKind.Relief),
        Action("closure", "注销登记", "closure", ItemKind.Instant),
        Action("referral", "上报审批", "approval by a higher level", ItemKind.ReportUp),
        Action("complaint", "投诉举报", "complaint", ItemKind.Complaint),
        Action("enquiry", "业务咨询", "enquiry", ItemKind.Consultation),
        Action("qualification", "资质认定", "qualification", ItemKind.Commitment),
        Action("one-thing", "一件事联办", "one-stop joint service", ItemKind.Joint),
        Action("mailbox", "领导信箱", "letter to the mailbox", ItemKind.Mailbox),
        Action("circulation", "公文会签", "document circulation", ItemKind.Document),
        Action("event", "事件处置", "urban event", ItemKind.UrbanManagement),
        Action("inspection", "年度检验", "annual inspection", ItemKind.Commitment),
        Action("rectification", "差评整改", "rectification", ItemKind.Rectification),
        Action("reported", "外部系统办件", "case of an outside system", ItemKind.Reported),
    ];

    private static CityOffice Office(string code, string zh, string en, string subjectZh, string subjectEn, GovernmentLevel level = GovernmentLevel.City) =>
        new(code, new(zh, en), level, new(subjectZh, subjectEn));

    private static CityAction Action(string code, string zh, string en, ItemKind kind) => new(code, new(zh, en), kind);
}
