// swift-tools-version: 6.1
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "greffier",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // System libraries.
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
        // Foundations.
        .target(name: "Locks"),
        .target(name: "JSONCodec"),
        .target(name: "Digest", dependencies: ["CCrypto", "JSONCodec"]),
        .target(name: "ZeroMQ", dependencies: ["CZeroMQ", "Locks"]),
        .target(name: "GreffierProtocol", dependencies: ["Digest", "JSONCodec"]),
        .target(name: "Deliberations", dependencies: ["Digest", "JSONCodec"]),
        // Running programs.
        .target(name: "Client", dependencies: ["GreffierProtocol", "ZeroMQ"]),
        .target(name: "Pushing", dependencies: ["Client", "GreffierProtocol", "JSONCodec", "ZeroMQ"]),
        .target(name: "WorkerRuntime", dependencies: ["Client", "GreffierProtocol", "Locks", "ZeroMQ", logging]),
        .target(name: "Operations", dependencies: ["ZeroMQ", logging, serviceLifecycle, yams]),
        // Tests.
        .testTarget(name: "DigestTests", dependencies: ["Digest"]),
        .testTarget(name: "OperationsTests", dependencies: ["Operations"]),
    ],
    swiftLanguageModes: [.v6]
)
