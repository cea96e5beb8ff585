// swift-tools-version: 6.1
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "greffier",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // System libraries. libcrypto comes with libcurl's TLS and digests with the processor's SHA instructions.
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CFileHoles"),
        .systemLibrary(name: "CMemory"),
        .systemLibrary(name: "CNotify"),
        .systemLibrary(name: "CPostgreSQL", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),

        // Foundations.
        .target(name: "Locks"),
        .target(name: "JSONCodec"),
        .target(name: "Digest", dependencies: ["CCrypto", "JSONCodec"]),
        .target(name: "ZeroMQ", dependencies: ["CZeroMQ", "Locks"]),
        .target(name: "GreffierProtocol", dependencies: ["Digest", "JSONCodec"]),
        .target(name: "Access", dependencies: ["GreffierProtocol", "ZeroMQ"]),
        .target(name: "PostgreSQL", dependencies: ["CPostgreSQL"]),
        .target(name: "Storage", dependencies: ["CFileHoles", "Locks", "PostgreSQL", grdb, sqlite]),

        // The domain: no input or output.
        .target(name: "Deliberations", dependencies: ["Digest", "JSONCodec"]),
        .target(name: "Conversion", dependencies: ["CSpawn", "Deliberations"]),
        .target(name: "Extraction", dependencies: ["Deliberations"]),
        .target(name: "Validation", dependencies: ["Deliberations"]),
        .target(name: "Deadlines", dependencies: ["Deliberations"]),
        .target(
            name: "Examination",
            dependencies: ["Conversion", "Deadlines", "Deliberations", "Digest", "Extraction", "Validation"]),

        // State and mail.
        .target(name: "Queue", dependencies: ["Digest", "GreffierProtocol", "Locks", "Storage"]),
        .target(
            name: "Register",
            dependencies: [
                "Deadlines", "Deliberations", "Digest", "GreffierProtocol", "JSONCodec", "Locks", "Storage",
                "Validation",
            ]),
        .target(
            name: "Mail", dependencies: ["CCurl", mustache], resources: [.embedInCode("Templates/Defaults")]),
        .target(
            name: "Alerting",
            dependencies: ["Deadlines", "Deliberations", "Digest", "GreffierProtocol", "Mail", "Register"]),
        .target(
            name: "AlertingSetup",
            dependencies: ["Alerting", "Deadlines", "Deliberations", "Mail", "Operations", "Register"]),

        .target(
            name: "Answering",
            dependencies: ["Alerting", "Conversion", "Deadlines", "Deliberations", "Mail", "Register"]),
        .target(
            name: "Exporting",
            dependencies: ["Deadlines", "Deliberations", "GreffierProtocol", "JSONCodec", "Register"]),

        // Running programs.
        .target(
            name: "Operations",
            dependencies: [
                "Access", "CMemory", "CNotify", "Console", "Conversion", "Deadlines", "Deliberations",
                "GreffierProtocol", "Locks",
                "PostgreSQL", "Validation", "ZeroMQ", argumentParser, logging, serviceLifecycle, yams,
            ]),
        .target(name: "Console", dependencies: ["Deliberations", "JSONCodec"]),
        .target(name: "Monitoring", dependencies: ["Client", "Console", "GreffierProtocol", "JSONCodec", "Locks"]),
        .target(
            name: "Broker",
            dependencies: ["Access", "Digest", "GreffierProtocol", "Locks", "Queue", "Storage", "ZeroMQ", logging]),
        .target(name: "Backup", dependencies: ["Digest", "JSONCodec", "Queue", "Register", "Storage"]),
        .target(name: "Client", dependencies: ["GreffierProtocol", "ZeroMQ"]),
        .target(name: "Pushing", dependencies: ["Client", "GreffierProtocol", "JSONCodec", "ZeroMQ"]),
        .target(
            name: "WorkerRuntime",
            dependencies: [
                "Client", "GreffierProtocol", "Locks", "Operations", "ZeroMQ", argumentParser, logging,
                serviceLifecycle,
            ]),

        // Programs.
        .executableTarget(
            name: "greffier-broker",
            dependencies: [
                "Broker", "Operations", "Queue", "Storage", argumentParser, logging, serviceLifecycle, unixSignals,
            ]),
        .executableTarget(
            name: "greffier-ingest",
            dependencies: [
                "Conversion", "Deliberations", "Examination", "GreffierProtocol", "Operations", "WorkerRuntime",
                argumentParser, logging,
            ]),
        .executableTarget(
            name: "greffier-validate",
            dependencies: [
                "Deliberations", "Examination", "GreffierProtocol", "JSONCodec", "Operations", "WorkerRuntime",
                argumentParser,
            ]),
        .executableTarget(
            name: "greffier-notify",
            dependencies: [
                "Alerting", "AlertingSetup", "Client", "Deadlines", "Deliberations", "Examination",
                "GreffierProtocol", "Locks", "Mail", "Monitoring", "Operations", "Register", "Storage", "WorkerRuntime",
                "ZeroMQ", argumentParser, logging, serviceLifecycle,
            ]),
        .executableTarget(
            name: "greffier",
            dependencies: [
                "Access", "Alerting", "AlertingSetup", "Answering", "Backup", "Client", "Console", "Conversion",
                "Deadlines", "Deliberations", "Examination", "Exporting", "GreffierProtocol", "JSONCodec", "Locks",
                "Mail", "Monitoring", "Operations", "Pushing", "Queue", "Register", "Storage", "Validation", "ZeroMQ",
                argumentParser, logging, serviceLifecycle, subprocess, systemPackage, unixSignals,
            ]),
        .executableTarget(
            name: "greffier-bench",
            dependencies: [
                "Client", "Deadlines", "Deliberations", "Digest", "Examination", "GreffierProtocol", "JSONCodec",
                "Locks",
                "Pushing", "Register", "Storage", "WorkerRuntime", "ZeroMQ", argumentParser, logging,
            ]),

        // Tests.
        .target(
            name: "CodecTestSupport", dependencies: ["Deliberations", "Digest", "GreffierProtocol", "JSONCodec"],
            path: "Tests/CodecTestSupport"),
        .target(
            name: "PostgreSQLTestSupport", dependencies: ["Locks", "Storage"], path: "Tests/PostgreSQLTestSupport"),
        .target(name: "ReferenceTables", path: "Tests/ReferenceTables"),
        .testTarget(name: "AccessTests", dependencies: ["Access", "GreffierProtocol", "ZeroMQ"]),
        .testTarget(
            name: "AlertingTests",
            dependencies: [
                "Alerting", "Deadlines", "Deliberations", "Digest", "GreffierProtocol", "Locks", "Mail", "Register",
            ]),
        .testTarget(name: "AlertingSetupTests", dependencies: ["Alerting", "AlertingSetup", "Mail", "Operations"]),
        .testTarget(
            name: "AnsweringTests",
            dependencies: [
                "Alerting", "Answering", "Conversion", "Deadlines", "Deliberations", "Digest", "GreffierProtocol",
                "Locks", "Mail", "Register",
            ]),
        .testTarget(
            name: "BackupTests", dependencies: ["Backup", "Digest", "GreffierProtocol", "Queue", "Storage"]),
        .testTarget(
            name: "BrokerTests",
            dependencies: ["Access", "Broker", "GreffierProtocol", "Queue", "Storage", "ZeroMQ", logging]),
        .testTarget(
            name: "ClusterTests",
            dependencies: ["Access", "Digest", "GreffierProtocol", "PostgreSQLTestSupport", "ZeroMQ"],
            exclude: ["Support"]
        ),
        .testTarget(name: "ConsoleTests", dependencies: ["Console"]),
        .testTarget(name: "ConversionTests", dependencies: ["Conversion"]),
        .testTarget(
            name: "DeadlinesTests",
            dependencies: ["Deadlines", "Deliberations", "Digest", "JSONCodec", "ReferenceTables"]),
        .testTarget(
            name: "DeliberationsCodecTests", dependencies: ["CodecTestSupport", "Deliberations", "Digest", "JSONCodec"]),
        .testTarget(name: "DeliberationsTests", dependencies: ["Deliberations", "ReferenceTables"]),
        .testTarget(
            name: "ExaminationTests",
            dependencies: ["Conversion", "Deadlines", "Deliberations", "Examination", "Validation"]),
        .testTarget(
            name: "ExportingTests",
            dependencies: ["Deliberations", "Digest", "Exporting", "GreffierProtocol", "Register"]),
        .testTarget(name: "ExtractionTests", dependencies: ["Deliberations", "Digest", "Extraction", "JSONCodec"]),
        .testTarget(name: "DigestTests", dependencies: ["Digest"]),
        .testTarget(
            name: "GreffierProtocolTests", dependencies: ["CodecTestSupport", "GreffierProtocol", "JSONCodec"]),
        .testTarget(name: "JSONCodecTests", dependencies: ["CodecTestSupport", "JSONCodec"]),
        .testTarget(name: "MailTests", dependencies: ["Mail"], exclude: ["Support"]),
        .testTarget(name: "MonitoringTests", dependencies: ["Client", "GreffierProtocol", "Monitoring", "ZeroMQ"]),
        .testTarget(
            name: "OperationsTests", dependencies: ["Console", "Conversion", "Deliberations", "Operations", logging]),
        .testTarget(name: "PushingTests", dependencies: ["GreffierProtocol", "Locks", "Pushing"]),
        .testTarget(
            name: "QueueTests",
            dependencies: ["Digest", "GreffierProtocol", "Locks", "PostgreSQLTestSupport", "Queue", "Storage"]
        ),
        .testTarget(
            name: "RegisterTests",
            dependencies: [
                "Deadlines", "Deliberations", "Digest", "GreffierProtocol", "JSONCodec", "Locks",
                "PostgreSQLTestSupport", "Register", "Storage",
            ]),
        .testTarget(name: "StorageTests", dependencies: ["Locks", "PostgreSQLTestSupport", "Storage"]),
        .testTarget(name: "ValidationTests", dependencies: ["Deliberations", "Digest", "Validation"]),
        .testTarget(name: "WorkerRuntimeTests", dependencies: ["GreffierProtocol", "WorkerRuntime"]),
        .testTarget(name: "ZeroMQTests", dependencies: ["ZeroMQ", "Locks"]),
    ],
    swiftLanguageModes: [.v6]
)
