package import WorkflowCore

extension ServiceDesk {
    /// How many views one person may save.
    private static let mostViews = 20
    /// Of a name, in characters.
    private static let longestViewName = 60

    /// The lists that the viewer saved, by list and name.
    ///
    /// - Throws: `.rejected` with `access.not_allowed` for a service account, which reads no pages.
    package func savedViews(of viewer: Viewer) async throws(DeskError) -> [StoredView] {
        try require(.keepOwnPreferences, of: viewer)
        return try await asking { () throws(StorageError) in
            try await storage.savedViews(of: viewer.person.id)
        }
    }

    /// Saves a list with its filters, in the place of one of the same list and name.
    ///
    /// - Throws: `.rejected` with `views.bad_name`, `views.bad_filter` or `views.too_many`.
    package func saveView(
        _ name: String, of list: SavedList, filters: [String: String], by viewer: Viewer
    ) async throws(DeskError) -> StoredView {
        try require(.keepOwnPreferences, of: viewer)
        let name = try Self.viewName(name)
        for (filter, value) in filters where !list.takes(value, for: filter) {
            throw .rejected(.badFilter(filter, list))
        }
        let view = StoredView(id: newID(at: clock().truncatedToMicroseconds), list: list, name: name, filters: filters)
        let kept = try await asking { () throws(StorageError) in
            try await storage.keep(view, of: viewer.person.id, limit: Self.mostViews)
        }
        guard let kept else { throw .rejected(.tooManyViews(Self.mostViews)) }
        return kept
    }

    /// Gives a view another name; its list and its filters stay.
    ///
    /// - Throws: `.rejected` with `views.bad_name`, with `views.name_taken` when another view of the same list has the name, or with
    ///   `views.unknown`, also for other people's.
    package func renameView(
        _ id: UniqueID, to name: String, by viewer: Viewer
    ) async throws(DeskError) -> StoredView {
        try require(.keepOwnPreferences, of: viewer)
        let name = try Self.viewName(name)
        let renaming = try await asking { () throws(StorageError) in
            try await storage.renameView(id, of: viewer.person.id, to: name)
        }
        switch renaming {
        case .renamed(let view): return view
        case .taken: throw .rejected(.viewNameTaken)
        case .unknown: throw .rejected(.unknownView)
        }
    }

    /// The name in one line. Nothing that does not show, or that turns the direction of the text around it.
    private static func viewName(_ text: String) throws(DeskError) -> String {
        let name = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (1...longestViewName).contains(name.unicodeScalars.count),
            name.unicodeScalars.allSatisfy({
                ![.control, .format, .surrogate].contains($0.properties.generalCategory)
            })
        else { throw .rejected(.badViewName(longest: longestViewName)) }
        return name
    }

    /// - Throws: `.rejected` with `views.unknown`, also for other people's.
    package func forgetView(_ id: UniqueID, by viewer: Viewer) async throws(DeskError) {
        try require(.keepOwnPreferences, of: viewer)
        let wasThere = try await asking { () throws(StorageError) in
            try await storage.forgetView(id, of: viewer.person.id)
        }
        guard wasThere else { throw .rejected(.unknownView) }
    }
}

extension SavedList {
    /// Whether the list has that filter, and the filter that value.
    fileprivate func takes(_ value: String, for filter: String) -> Bool {
        switch (self, filter) {
        case (.inbox, "kind"): WorkItem.Kind(rawValue: value) != nil
        case (.inbox, "department"):
            // One that there is no more is a list without anything in it.
            (1...100).contains(value.utf8.count) && value.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        case (.inbox, "mine"): value == "true"
        case (.requests, "phase"): RequestPhase(rawValue: value) != nil
        default: false
        }
    }
}

extension Rejection {
    fileprivate static let unknownView = Rejection(
        .notFound, code: "views.unknown", message: "You have saved no such view.")

    fileprivate static let viewNameTaken = Rejection(
        .conflict, code: "views.name_taken", message: "Another view of that list has this name.",
        hint: "Choose another name, or delete the other view.")

    fileprivate static func badViewName(longest: Int) -> Rejection {
        Rejection(
            .invalid, code: "views.bad_name", message: "The name of a view has 1 to \(longest) characters in one line.")
    }

    fileprivate static func badFilter(_ name: String, _ list: SavedList) -> Rejection {
        Rejection(
            .invalid, code: "views.bad_filter",
            message: "The list \(list.rawValue) has no filter \(name.prefix(100)) with that value.")
    }

    fileprivate static func tooManyViews(_ limit: Int) -> Rejection {
        Rejection(
            .conflict, code: "views.too_many", message: "There are \(limit) saved views already.",
            hint: "Delete one that you need no more.")
    }
}
