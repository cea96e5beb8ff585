// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "greffier",
    targets: [
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "JSONCodec"),
        .target(name: "Digest", dependencies: ["CCrypto", "JSONCodec"]),
        .target(name: "GreffierProtocol", dependencies: ["Digest", "JSONCodec"]),
        .target(name: "Deliberations", dependencies: ["Digest", "JSONCodec"]),
        .testTarget(name: "DigestTests", dependencies: ["Digest"]),
    ],
    swiftLanguageModes: [.v6]
)
