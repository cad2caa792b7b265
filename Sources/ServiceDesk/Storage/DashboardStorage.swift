package import Expressions
package import WorkflowCore

/// Numbers about the requests of departments, as far as the asker sees them.
package protocol DashboardStorage: Sendable {
    /// In one snapshot, one round trip.
    func dashboard(_ query: DashboardQuery) async throws(StorageError) -> DashboardRows
}

/// What numbers are about.
package struct DashboardQuery: Sendable, Hashable {
    package let asker: Asker
    package let departments: [DepartmentID]
    /// The present moment.
    package let now: Instant
    /// Flow times are those of requests that were raised since then.
    package let since: Instant

    package init(asker: Asker, departments: [DepartmentID], now: Instant, since: Instant) {
        self.asker = asker
        self.departments = departments
        self.now = now
        self.since = since
    }
}

/// What storage counts.
package struct DashboardRows: Sendable, Hashable {
    /// Requests that have not ended, by age.
    package struct Age: Sendable, Hashable {
        package let department: DepartmentID
        package let span: AgeSpan
        package let count: Int

        package init(department: DepartmentID, span: AgeSpan, count: Int) {
            self.department = department
            self.span = span
            self.count = count
        }
    }

    /// What waits for people in them.
    package struct Work: Sendable, Hashable {
        package let department: DepartmentID
        package let kind: WorkItem.Kind
        package let open: Int
        package let overdue: Int

        package init(department: DepartmentID, kind: WorkItem.Kind, open: Int, overdue: Int) {
            self.department = department
            self.kind = kind
            self.open = open
            self.overdue = overdue
        }
    }

    /// How long the last ones took from being raised to their end.
    package struct Flow: Sendable, Hashable {
        package let department: DepartmentID
        package let type: RequestTypeID
        package let ended: Int
        /// Half of them took at most so long.
        package let median: Duration
        /// Nine of ten took at most so long.
        package let ninetieth: Duration

        package init(
            department: DepartmentID, type: RequestTypeID, ended: Int, median: Duration, ninetieth: Duration
        ) {
            self.department = department
            self.type = type
            self.ended = ended
            self.median = median
            self.ninetieth = ninetieth
        }
    }

    /// The tasks that somebody has.
    package struct Load: Sendable, Hashable {
        /// Nil for those that nobody has taken.
        package let person: PersonID?
        package let open: Int
        package let overdue: Int

        package init(person: PersonID?, open: Int, overdue: Int) {
            self.person = person
            self.open = open
            self.overdue = overdue
        }
    }

    /// By department and age; what there is none of has no row.
    package var ages: [Age] = []
    /// By department and kind.
    package var work: [Work] = []
    /// By department, what ended most often first.
    package var flow: [Flow] = []
    /// The most first, at most fifty.
    package var load: [Load] = []

    package init() {}
}

/// How old an open request is, in ranges of days; the last one has no end.
package enum AgeSpan: Int, Sendable, CaseIterable, Comparable {
    case day, threeDays, week, month, older

    /// Younger than so many days; nil for the last.
    package var days: Int? {
        switch self {
        case .day: 1
        case .threeDays: 3
        case .week: 7
        case .month: 30
        case .older: nil
        }
    }

    package static func < (left: AgeSpan, right: AgeSpan) -> Bool { left.rawValue < right.rawValue }
}
