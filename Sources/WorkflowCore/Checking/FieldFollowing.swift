/// Fields that change because others do: what is computed from a field, or asked because of one, changes with it.
///
/// A form is worked out anew at every change, so what asks the time or the directory may change with any of them.
package struct FieldFollowing {
    /// A field, by what decides its value without anybody entering it.
    package struct Follower {
        /// Its name.
        let name: String
        /// The names that its value, and whether it is asked, are worked out from.
        let reads: Set<String>
        /// Whether the time or the directory is among them.
        let isMoving: Bool

        /// Takes the parts as they are.
        package init(name: String, reads: Set<String>, isMoving: Bool) {
            self.name = name
            self.reads = reads
            self.isMoving = isMoving
        }
    }

    /// By field: the changed fields with which it changes, itself included when it is one. Fields that stay are left out.
    package private(set) var origins: [String: Set<String>] = [:]

    /// - Parameters:
    ///   - fields: In the order of the form: a field reads only those before it.
    ///   - changed: The names of the fields that are entered, amended or set anew.
    package init(_ fields: [Follower], changed: Set<String>) {
        guard !changed.isEmpty else { return }
        for field in fields {
            var own: Set<String> = changed.contains(field.name) ? [field.name] : []
            if field.isMoving { own.formUnion(changed) }
            for name in field.reads { own.formUnion(origins[name] ?? []) }
            if !own.isEmpty { origins[field.name] = own }
        }
    }
}
