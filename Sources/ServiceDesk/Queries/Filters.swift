package import WorkflowCore

/// Which requests a list shows; nil means any.
package struct RequestFilter: Sendable, Hashable {
    package var phase: RequestPhase?
    package var type: RequestTypeID?
    package var department: DepartmentID?
    /// Only those that the viewer raised or that are for them.
    package var onlyMine: Bool

    package init(
        phase: RequestPhase? = nil, type: RequestTypeID? = nil, department: DepartmentID? = nil, onlyMine: Bool = false
    ) {
        self.phase = phase
        self.type = type
        self.department = department
        self.onlyMine = onlyMine
    }
}

/// Which work an inbox shows; nil means any.
package struct InboxFilter: Sendable, Hashable {
    package var kind: WorkItem.Kind?
    package var department: DepartmentID?
    /// Only what the viewer has claimed or was offered in person.
    package var onlyMine: Bool

    package init(kind: WorkItem.Kind? = nil, department: DepartmentID? = nil, onlyMine: Bool = false) {
        self.kind = kind
        self.department = department
        self.onlyMine = onlyMine
    }
}

/// Whether requests can be served now.
package struct Readiness: Sendable, Hashable {
    package let isReady: Bool
    /// Why not, as sentences; empty when ready.
    package let reasons: [String]

    package init(reasons: [String]) {
        isReady = reasons.isEmpty
        self.reasons = reasons
    }
}
