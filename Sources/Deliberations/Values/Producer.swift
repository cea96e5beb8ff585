import JSONCodec

/// The program that made an Extract or a Report.
public struct Producer: Hashable, Codable, JSONObject {
    /// Its name.
    public var program: String
    /// Its version.
    public var version: String

    /// A program.
    public init(program: String, version: String) {
        self.program = program
        self.version = version
    }

    public init(blank: JSONBlank) {
        self.init(program: "", version: "")
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("program", &program)
        visitor.required("version", &version)
    }
}
