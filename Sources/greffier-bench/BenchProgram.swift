import ArgumentParser

/// Measures Greffier. Build with `-c release`; machines are shared and noisy, so figures are medians of several rounds.
@main
struct BenchProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "greffier-bench",
        abstract: "Measures Greffier's speed and memory.",
        subcommands: [
            ReadingBench.self, LinearBench.self, CodecBench.self, RegisterBench.self, BrokerBench.self,
            ClusterBench.self, YearBench.self, DueBench.self, ScaleBench.self,
        ])
}
