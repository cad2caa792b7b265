import WorkflowCore

/// The files of a bundle by what they are; a file's place says it.
struct BundleFiles {
    /// A file of a department.
    struct Own {
        let department: String
        let path: String
        let node: YAMLNode
    }
    /// A file that is one request type.
    struct RequestFile {
        let department: String
        let name: String
        let path: String
        let node: YAMLNode
    }

    private(set) var shared: [String: YAMLNode] = [:]
    private(set) var departments: [Own] = []
    private(set) var teams: [Own] = []
    private(set) var requests: [RequestFile] = []
    /// The folders below `departments/`, in order.
    private(set) var departmentNames: [String] = []

    static let sharedFiles = ["organisation", "groups", "roles", "lists"]

    /// Reads every file, in the order of their paths. A file that cannot be read has been complained about and is left out.
    init(_ bundle: ConfigurationBundle, findings: Findings) {
        var names: Set<String> = []
        for path in bundle.files.keys.sorted() where ConfigurationBundle.isConfiguration(path) {
            guard let text = bundle.files[path] else { continue }
            let parts = path.split(separator: "/").map(String.init)
            guard let place = Self.place(parts) else {
                Self.complain(about: path, parts, findings)
                continue
            }
            if parts[0] == "departments" { names.insert(parts[1]) }
            guard let node = YAMLReader.read(text, path: path, findings: findings) else { continue }
            switch place {
            case .shared(let name): shared[name] = node
            case .department: departments.append(Own(department: parts[1], path: path, node: node))
            case .teams: teams.append(Own(department: parts[1], path: path, node: node))
            case .request(let name):
                requests.append(RequestFile(department: parts[1], name: name, path: path, node: node))
            }
        }
        departmentNames = names.sorted()
        for name in Self.sharedFiles where bundle.files["shared/\(name).yaml"] == nil && name == "organisation" {
            findings.error(
                .configMissingFile, "`shared/\(name).yaml` is missing.",
                at: SourceLocation(file: "shared/\(name).yaml", line: 1, column: 1))
        }
        for name in departmentNames where bundle.files["departments/\(name)/department.yaml"] == nil {
            let file = "departments/\(name)/department.yaml"
            findings.error(
                .configMissingFile, "`\(file)` is missing.",
                hint: "Every department says its title, prefix and agents there.",
                at: SourceLocation(file: file, line: 1, column: 1))
        }
    }

    private enum Place {
        case shared(String)
        case department
        case teams
        case request(String)
    }

    private static func place(_ parts: [String]) -> Place? {
        guard let file = parts.last, file.hasSuffix(".yaml") else { return nil }
        let name = String(file.dropLast(5))
        switch parts.count {
        case 2 where parts[0] == "shared" && sharedFiles.contains(name): return .shared(name)
        case 3 where parts[0] == "departments" && Names.isSharedName(parts[1]) && name == "department":
            return .department
        case 3 where parts[0] == "departments" && Names.isSharedName(parts[1]) && name == "teams": return .teams
        case 4 where parts[0] == "departments" && Names.isSharedName(parts[1]) && parts[2] == "requests":
            return Names.isIdentifier(name) ? .request(name) : nil
        default: return nil
        }
    }

    private static func complain(about path: String, _ parts: [String], _ findings: Findings) {
        let known =
            sharedFiles.map { "shared/\($0).yaml" }
            + (parts.count > 1
                ? ["departments/\(parts[1])/department.yaml", "departments/\(parts[1])/teams.yaml"] : [])
        let isNamedWrong =
            parts.count == 4 && parts[0] == "departments" && parts[2] == "requests" && path.hasSuffix(".yaml")
        findings.error(
            .configUnknownFile, "`\(path)` has no place in the configuration.",
            hint: isNamedWrong
                ? "The name of a request type has small letters, digits and underscores."
                : NearestName.hint(for: path, among: known)
                    ?? "There are shared/…, departments/<id>/department.yaml, teams.yaml and requests/<name>.yaml.",
            at: SourceLocation(file: path, line: 1, column: 1))
    }
}
