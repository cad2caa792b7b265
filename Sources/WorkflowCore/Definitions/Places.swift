/// Where the values of a definition's keys stand in its file, so that a finding about one of them points there.
///
/// A key inside another is written with a dot: `with.salary`, `undo.with.login`, `assign`. Definitions built without a file have none.
public struct Places: Sendable {
    /// All are in one file, which is therefore kept once.
    private var file = ""
    private var entries: [(key: String, line: Int32, column: Int32, length: Int32)] = []

    /// Takes the keys with the places of their values, all in one file; of a key that stands there twice the first counts.
    public init(_ entries: [(key: String, location: SourceLocation)] = []) {
        for entry in entries { add(entry.key, entry.location) }
    }

    /// Adds the place of a key's value, in the file of the others.
    public mutating func add(_ key: String, _ location: SourceLocation) {
        if entries.isEmpty { file = location.file }
        entries.append(
            (key, Int32(clamping: location.line), Int32(clamping: location.column), Int32(clamping: location.length)))
    }

    /// Where the value of a key stands; nil when the file does not say it. Cost: linear in the keys, which are few.
    public subscript(key: String) -> SourceLocation? {
        entries.first { $0.key == key }.map {
            SourceLocation(file: file, line: Int($0.line), column: Int($0.column), length: Int($0.length))
        }
    }

    /// The place of the first of these keys that the file has.
    public func first(of keys: String...) -> SourceLocation? {
        for key in keys {
            if let location = self[key] { return location }
        }
        return nil
    }
}
