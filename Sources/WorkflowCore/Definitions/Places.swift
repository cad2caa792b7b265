/// Where the values of a definition's keys stand in its file, so that a finding about one of them points there.
///
/// A key inside another is written with a dot: `with.salary`, `undo.with.login`, `assign`. Definitions built without a file have none.
public struct Places: Sendable {
    private var entries: [(key: String, location: SourceLocation)]

    /// Takes the keys with the places of their values; of a key that stands there twice the first counts.
    public init(_ entries: [(key: String, location: SourceLocation)] = []) {
        self.entries = entries
    }

    /// Where the value of a key stands; nil when the file does not say it. Cost: linear in the keys, which are few.
    public subscript(key: String) -> SourceLocation? {
        entries.first { $0.key == key }?.location
    }

    /// The place of the first of these keys that the file has.
    public func first(of keys: String...) -> SourceLocation? {
        for key in keys {
            if let location = self[key] { return location }
        }
        return nil
    }
}
