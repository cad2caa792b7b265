/// A file that pages name. Its address changes with its content, so browsers keep it for ever.
enum Asset: String, CaseIterable, Sendable {
    case style, script, icon

    var bytes: [UInt8] {
        switch self {
        case .style: PackageResources.style_css
        case .script: PackageResources.script_js
        case .icon: PackageResources.icon_svg
        }
    }

    var contentType: String {
        switch self {
        case .style: "text/css; charset=utf-8"
        case .script: "text/javascript; charset=utf-8"
        case .icon: "image/svg+xml"
        }
    }

    var address: String { "/assets/\(fileName)" }

    var fileName: String { Self.names[self] ?? rawValue }

    private static let names: [Asset: String] = {
        var names: [Asset: String] = [:]
        for asset in allCases {
            let ending =
                switch asset {
                case .style: "css"
                case .script: "js"
                case .icon: "svg"
                }
            names[asset] = "\(asset.rawValue)-\(hash(asset.bytes)).\(ending)"
        }
        return names
    }()

    /// FNV-1a in 64 bits: tells versions of a file apart, and protects from nothing.
    private static func hash(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
