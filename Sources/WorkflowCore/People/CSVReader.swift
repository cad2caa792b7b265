/// Comma-separated values as RFC 4180 describes them: fields in quotation marks may hold commas, line breaks and doubled
/// quotation marks. Lines end with CRLF or LF; a byte order mark before the first field is passed over; empty lines are too.
package struct CSVReader {
    /// A record and the line it begins in, from 1.
    package struct Record: Hashable, Sendable {
        package let line: Int
        package var fields: [String]
    }

    /// Something that is not CSV, at a line.
    package struct Problem: Hashable, Sendable {
        package let line: Int
        package let message: String
    }

    /// All records in order, and everything that is wrong.
    package static func read(_ text: String) -> (records: [Record], problems: [Problem]) {
        var reader = CSVReader(text)
        reader.readAll()
        return (reader.records, reader.problems)
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var line = 1
    private var records: [Record] = []
    private var problems: [Problem] = []

    private init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        if scalars.first == "\u{FEFF}" { position = 1 }
    }

    private mutating func readAll() {
        while position < scalars.count {
            if takeLineEnd() { continue }
            record()
        }
    }

    private mutating func record() {
        var record = Record(line: line, fields: [])
        while true {
            record.fields.append(peek == "\"" ? quoted() : plain())
            if peek == "," {
                position += 1
                continue
            }
            _ = takeLineEnd()
            records.append(record)
            return
        }
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func takeLineEnd() -> Bool {
        if peek == "\r", position + 1 < scalars.count, scalars[position + 1] == "\n" { position += 1 }
        guard peek == "\n" else { return false }
        position += 1
        line += 1
        return true
    }

    private var isAtLineEnd: Bool {
        peek == "\n" || (peek == "\r" && position + 1 < scalars.count && scalars[position + 1] == "\n")
    }

    private mutating func plain() -> String {
        var field = String.UnicodeScalarView()
        while let scalar = peek, scalar != ",", !isAtLineEnd {
            if scalar == "\"" {
                problems.append(
                    Problem(line: line, message: "A quotation mark stands inside a field that has none around it."))
            }
            field.append(scalar)
            position += 1
        }
        return String(field)
    }

    private mutating func quoted() -> String {
        let start = line
        var field = String.UnicodeScalarView()
        position += 1
        while let scalar = peek {
            position += 1
            if scalar == "\"" {
                guard peek == "\"" else { return closed(String(field)) }
                position += 1
            }
            if scalar == "\n" { line += 1 }
            field.append(scalar)
        }
        problems.append(Problem(line: start, message: "A quotation mark is not closed."))
        return String(field)
    }

    private mutating func closed(_ field: String) -> String {
        guard let next = peek, next != ",", !isAtLineEnd else { return field }
        problems.append(
            Problem(line: line, message: "After a closing quotation mark comes a comma or the end of the line."))
        return field + plain()
    }
}
