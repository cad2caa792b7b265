// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of ours; warnings are errors, in CI and at the desk alike.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A target of ours in Sources.
func module(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

/// The tests of a target of ours.
func tests(of name: String, _ dependencies: Target.Dependency..., exclude: [String] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude,
        swiftSettings: house)
}

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "bureau",
    products: [
        .library(name: "Expressions", targets: ["Expressions"]),
        .library(name: "WorkflowCore", targets: ["WorkflowCore"]),
        .library(name: "WorkflowConfiguration", targets: ["WorkflowConfiguration"]),
        .executable(name: "bureaud", targets: ["bureaud"]),
        .executable(name: "bureau", targets: ["bureau"]),
    ],
    dependencies: [
        // Without its default traits: no full Foundation in the daemon, no configuration library.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        module("Expressions"),
        module("WorkflowCore", "Expressions"),
        module("WorkflowConfiguration", "Expressions", "WorkflowCore", yaml),
        module("JSONText", "WorkflowCore"),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CJose", pkgConfig: "cjose", providers: [.apt(["libcjose-dev", "libjansson-dev"])]),
        module("Threads"),
        module("PostgresClient", "CLibPQ", "Threads", logging),
        module("ServiceDesk", "Expressions", "WorkflowCore", "JSONText", "CArgon2", "CCrypto", "Threads", logging),
        module("OpenIDConnect", "Expressions", "WorkflowCore", "ServiceDesk", "JSONText", "CJose"),
        module("PostgresStorage", "Expressions", "WorkflowCore", "ServiceDesk", "PostgresClient"),
        module(
            "HTTPAPI", "Expressions", "WorkflowCore", "ServiceDesk", "JSONText", hummingbird, hummingbirdCore,
            httpTypes, lifecycle, logging, nio, nioHTTPTypes),
        .target(
            name: "Portal",
            dependencies: [
                "Expressions", "WorkflowCore", "ServiceDesk", "HTTPAPI", hummingbird, httpTypes, logging, mustache, nio,
            ],
            resources: [.embedInCode("Templates"), .embedInCode("Assets")],
            swiftSettings: house),
        .executableTarget(
            name: "bureaud",
            dependencies: [
                "Expressions", "WorkflowCore", "WorkflowConfiguration", "ServiceDesk", "PostgresClient",
                "PostgresStorage", "OpenIDConnect", "HTTPAPI", "Portal", "JSONText", "CCurl", "CLibPQ", "Threads",
                arguments, hummingbird, lifecycle, logging, signals, subprocess, system,
            ],
            swiftSettings: house),
        .executableTarget(
            name: "bureau",
            dependencies: [
                "Expressions", "WorkflowCore", "WorkflowConfiguration", "ServiceDesk", "JSONText", "CCurl", arguments,
            ],
            swiftSettings: house),
        .target(
            name: "TestSupport", dependencies: ["PostgresClient", "PostgresStorage", logging],
            path: "Tests/Support", swiftSettings: house),
        tests(of: "Expressions", exclude: ["Conformance/skips.txt", "Corpus"]),
        tests(of: "WorkflowCore", "Expressions", exclude: ["Golden"]),
        tests(of: "WorkflowConfiguration", "Expressions", "WorkflowCore", exclude: ["Corpus", "Onboarding", "Valid"]),
        tests(of: "JSONText", "WorkflowCore"),
        tests(of: "PostgresClient", logging),
        tests(
            of: "ServiceDesk", "Expressions", "WorkflowCore", "WorkflowConfiguration", "PostgresClient",
            "PostgresStorage", "TestSupport", logging),
        tests(of: "OpenIDConnect", "Expressions", "WorkflowCore", "ServiceDesk", "CCrypto"),
        tests(
            of: "PostgresStorage", "Expressions", "WorkflowCore", "ServiceDesk", "PostgresClient", "TestSupport",
            logging),
        tests(
            of: "HTTPAPI", "Expressions", "WorkflowCore", "ServiceDesk", "JSONText", hummingbird, hummingbirdCore,
            httpTypes, logging, nio, nioEmbedded, nioHTTPTypes, nioPosix),
        tests(
            of: "Portal", "Expressions", "WorkflowCore", "ServiceDesk", "HTTPAPI", hummingbird, httpTypes, logging,
            mustache, nio, nioEmbedded),
        .testTarget(
            name: "BureaudTests",
            dependencies: [
                "bureaud", "PostgresClient", "ServiceDesk", "WorkflowCore", arguments, httpTypes, hummingbird, logging,
                nio,
                subprocess, system,
            ],
            swiftSettings: house),
        .testTarget(
            name: "BureauCommandTests",
            dependencies: [
                "bureau", "CCurl", "Expressions", "JSONText", "ServiceDesk", "WorkflowConfiguration", "WorkflowCore",
                arguments,
            ],
            swiftSettings: house),
        .testTarget(name: "HouseTests", exclude: ["asvs-5.0-levels-1-2.txt"], swiftSettings: house),
        .executableTarget(
            name: "benchmarks", dependencies: ["Expressions", "WorkflowCore", "WorkflowConfiguration"],
            path: "Tests/Benchmarks/Engine", swiftSettings: house),
    ]
)
