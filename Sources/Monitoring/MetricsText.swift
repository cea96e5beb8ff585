/// Metrics in Prometheus' text format, version 0.0.4: each family once, with HELP and TYPE, then its samples.
public struct MetricsText {
    /// What a family counts.
    public enum Kind: String {
        /// Only grows, until its process starts anew; the name ends in `_total`.
        case counter
        /// Goes up and down.
        case gauge
        /// Counts by size.
        case histogram
    }

    /// A sample's labels, in the order in which they stand.
    public typealias Labels = [(name: String, value: String)]

    /// The text.
    public private(set) var text = ""

    /// No metrics.
    public init() {}

    /// Adds a family with its samples; without samples nothing.
    public mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [(Labels, Double)]) {
        guard !samples.isEmpty else { return }
        begin(name, kind, help)
        for (labels, value) in samples { line(name, labels, value) }
    }

    /// Adds a family of one sample without labels.
    public mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        add(name, kind, help, [([], value)])
    }

    /// A histogram's sample: how many fell into each column, the last of which has no upper end, and the sum of all.
    public struct Distribution {
        var labels: Labels
        var columns: [Int]
        var sum: Double

        /// A distribution.
        public init(labels: Labels, columns: [Int], sum: Double) {
            self.labels = labels
            self.columns = columns
            self.sum = sum
        }
    }

    /// Adds a histogram whose columns end at `bounds`.
    public mutating func add(_ name: String, _ help: String, bounds: [Double], _ samples: [Distribution]) {
        guard !samples.isEmpty else { return }
        begin(name, .histogram, help)
        for sample in samples {
            var total = 0
            for (bound, count) in zip(bounds, sample.columns) {
                total += count
                line(name + "_bucket", sample.labels + [("le", Self.number(bound))], Double(total))
            }
            total += sample.columns.dropFirst(bounds.count).reduce(0, +)
            line(name + "_bucket", sample.labels + [("le", "+Inf")], Double(total))
            line(name + "_sum", sample.labels, sample.sum)
            line(name + "_count", sample.labels, Double(total))
        }
    }

    private mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        let help = help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: Labels, _ value: Double) {
        let inside = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        text += "\(name)\(inside.isEmpty ? "" : "{\(inside)}") \(Self.number(value))\n"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    /// A whole number without a fraction, as far as a Double holds whole numbers exactly.
    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 9e15 ? "\(Int(value))" : "\(value)"
    }
}
