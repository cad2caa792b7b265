import Expressions

/// Which values of a request type are sensitive, and whom each may reach: sensitive fields, and what is made of them.
struct SensitiveValues {
    /// A sensitive field and who may read it.
    struct Origin {
        /// As people write it: `salary`, `check.result`.
        let name: String
        let readers: [PeopleSource]
    }

    /// Where whoever reads a target is named, which says what its words mean.
    enum Place {
        /// In the same request type: the same words name the same people.
        case here
        /// In a child's type: an expression speaks of another request there.
        case child
    }

    private var origins: [Origin] = []
    /// Each path with the origins that its value is made of, as positions.
    private var paths: [[String]: Set<Int>] = [:]

    init(type: RequestType, flow: ProcessFlow) {
        add(type.form, below: [])
        for step in flow.steps {
            if let form = step.kind.outputForm { add(form, below: [step.id.text]) }
            if case .approval = step.kind { addComments(of: step, in: type) }
        }
        // What is made of sensitive values is sensitive; an order of the file that suits it is not needed.
        var isGrowing = !paths.isEmpty
        while isGrowing {
            isGrowing = false
            for step in flow.steps {
                for made in step.made {
                    let read = positions(in: made.selections)
                    guard !read.isSubset(of: paths[made.path] ?? []) else { continue }
                    paths[made.path, default: []].formUnion(read)
                    isGrowing = true
                }
            }
        }
    }

    var isEmpty: Bool { paths.isEmpty }

    /// With the fields of a form that see each other by their bare names.
    func adding(_ form: Form) -> SensitiveValues {
        var values = self
        values.add(form, below: [])
        return values
    }

    /// Whether any of that is sensitive, or holds something sensitive.
    func isRead(_ selections: [[String]]) -> Bool { !positions(in: selections).isEmpty }

    /// The first of the sensitive values in there that not all of these may read; nil when they may. Nil for readers means everybody.
    func first(
        in selections: [[String]], keptFrom readers: [PeopleSource]?, in place: Place = .here
    ) -> Origin? {
        positions(in: selections).sorted().map { origins[$0] }.first { origin in
            guard let readers else { return true }
            let trusted = Set(origin.readers.map(\.words))
            return !readers.allSatisfy { reader in
                if case (.child, .expression) = (place, reader) { return false }
                return trusted.contains(reader.words)
            }
        }
    }

    private mutating func add(_ form: Form, below step: [String]) {
        for field in form.fields {
            guard let readers = field.sensitive else { continue }
            let path = step + [field.id.text]
            paths[path, default: []].insert(origins.count)
            origins.append(Origin(name: path.joined(separator: "."), readers: readers))
        }
    }

    /// What voters wrote is for those who may read the approval: where it, or what is around it, says so, not everybody.
    private mutating func addComments(of step: Step, in type: RequestType) {
        let surroundings = [step] + type.index.ancestors(of: step.id).compactMap { type.index[$0] }
        guard let readers = surroundings.lazy.compactMap(\.visibleTo).first else { return }
        let path = [step.id.text, ApprovalOutcome.comments]
        paths[path, default: []].insert(origins.count)
        origins.append(Origin(name: path.joined(separator: "."), readers: readers))
    }

    private func positions(in selections: [[String]]) -> Set<Int> {
        selections.reduce(into: []) { found, selection in
            let selection = selection.first == "previous" ? Array(selection.dropFirst()) : selection
            for (path, origins) in paths where path.starts(with: selection) || selection.starts(with: path) {
                found.formUnion(origins)
            }
        }
    }
}

extension Step {
    /// What names stand for in other steps that is made of values: elements and the outputs of a choose.
    fileprivate var made: [(path: [String], selections: [[String]])] {
        switch kind {
        case .each(let each): [([each.variable], each.of.selections)]
        case .choose(let choose):
            choose.cases.flatMap { branch in branch.gives.map { ([id.text, $0.name], $0.value.selections) } }
        default: []
        }
    }
}

extension PeopleSource {
    /// As the file writes it, without the spaces around it.
    var words: String {
        switch self {
        case .role(let id): "role:\(id)"
        case .group(let id): "group:\(id)"
        case .team(let id): "team:\(id)"
        case .person(let handle): "person:\(handle)"
        case .expression(let expression): expression.source.trimmed
        }
    }
}

extension [PeopleSource] {
    /// As the file writes them, for a sentence.
    var listed: String { map { "`\($0.words)`" }.joined(separator: ", ") }
}
