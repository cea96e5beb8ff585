import JSONCodec

/// One of the brokers that share a store, as the store knows it.
public struct BrokerStatus: Hashable, Codable, JSONObject {
    /// What it is called among them: its host and its data folder.
    public var name: String
    /// Its version; absent where it is of a version that does not say so.
    public var version: String?
    /// Its last start, as ``Status/incarnation`` counts them.
    public var incarnation: Int
    /// How long ago it said that it lives, in milliseconds by the store's clock.
    public var silentMilliseconds: Int

    /// A broker.
    public init(name: String, version: String? = nil, incarnation: Int, silentMilliseconds: Int) {
        self.name = name
        self.version = version
        self.incarnation = incarnation
        self.silentMilliseconds = silentMilliseconds
    }

    public init(blank: JSONBlank) {
        self.init(name: "", incarnation: 0, silentMilliseconds: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("name", &name)
        visitor.optional("version", &version)
        visitor.required("incarnation", &incarnation)
        visitor.required("silentMilliseconds", &silentMilliseconds)
    }
}

extension Status {
    /// ``freeDiskBytes``, or nil where the broker cannot know it.
    public var measuredDiskBytes: Int? { freeDiskBytes == Int.max ? nil : freeDiskBytes }
}
