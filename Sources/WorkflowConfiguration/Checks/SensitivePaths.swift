/// The values of a request type that only some may read: a field, or a field of a task (`["step", "field"]`).
struct SensitivePaths {
    private var paths: [[String]]

    init(_ type: DraftRequestType, _ graph: ProcessGraph) {
        var paths = type.fields.filter { $0.sensitive != nil }.map { [$0.id.value] }
        for step in graph.steps {
            if case .task(let task) = step.kind {
                paths += task.fields.filter { $0.sensitive != nil }.map { [step.id.value, $0.id.value] }
            }
        }
        self.paths = paths
    }

    /// The same inside a form, where its own fields go by their bare names.
    func inside(_ fields: [DraftField]) -> SensitivePaths {
        var inner = self
        inner.paths += fields.filter { $0.sensitive != nil }.map { [$0.id.value] }
        return inner
    }

    /// Whether an expression that reads these paths reads a sensitive value, as a part of a record too.
    func isRead(by selections: [[String]]) -> Bool {
        selections.contains { selection in
            paths.contains { $0.starts(with: selection) || selection.starts(with: $0) }
        }
    }
}
