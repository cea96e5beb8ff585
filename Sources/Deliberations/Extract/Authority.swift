import JSONCodec

/// The local authority whose assembly deliberated.
public struct Authority: Hashable, Codable, JSONObject {
    /// Its name as written; empty, and left out of the JSON, if the text does not say it.
    public var name: String
    /// What kind of authority it is.
    public var kind: Kind
    /// Its SIREN number (9 digits) if the text prints it.
    public var siren: String?
    /// Its department's code ("25", "2A", "974") if the text says it.
    public var department: String?

    /// A kind of authority.
    public enum Kind: String, JSONStringEnumeration, Codable {
        /// A commune.
        case commune
        /// A public establishment of intercommunal cooperation with its own taxes: communauté de communes,
        /// d'agglomération, urbaine, métropole.
        case epci
        /// A department.
        case departement
        /// A region.
        case region
        /// A syndicate of communes, or a mixed one.
        case syndicat
        /// A communal or intercommunal centre of social action.
        case ccas
        /// Any other, or one that the text does not tell.
        case other
    }

    /// An authority.
    public init(name: String, kind: Kind, siren: String? = nil, department: String? = nil) {
        self.name = name
        self.kind = kind
        self.siren = siren
        self.department = department
    }

    public init(blank: JSONBlank) {
        self.init(name: "", kind: .other)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        var written = name.isEmpty ? nil : name
        visitor.optional("name", &written)
        name = written ?? ""
        visitor.required("kind", &kind)
        visitor.optional("siren", &siren)
        visitor.optional("department", &department)
    }

    private enum CodingKeys: String, CodingKey {
        case name, kind, siren, department
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        name = try members.decodeIfPresent(String.self, forKey: .name) ?? ""
        kind = try members.decode(Kind.self, forKey: .kind)
        siren = try members.decodeIfPresent(String.self, forKey: .siren)
        department = try members.decodeIfPresent(String.self, forKey: .department)
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encodeIfPresent(name.isEmpty ? nil : name, forKey: .name)
        try members.encode(kind, forKey: .kind)
        try members.encodeIfPresent(siren, forKey: .siren)
        try members.encodeIfPresent(department, forKey: .department)
    }
}

/// Which organ of the authority deliberated.
public enum Organ: String, JSONStringEnumeration, Codable {
    /// The whole assembly (conseil).
    case assembly
    /// The standing commission (commission permanente) of a department or region.
    case standingCommission
    /// The bureau.
    case bureau
}
