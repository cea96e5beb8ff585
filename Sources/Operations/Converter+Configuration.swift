import Conversion

extension Converter {
    /// The converter that `configuration` asks for, with the tools of this host.
    public init(_ configuration: Configuration.Conversion) {
        self.init(limits: configuration.limits, requiresSandbox: configuration.requiresSandbox)
    }
}
