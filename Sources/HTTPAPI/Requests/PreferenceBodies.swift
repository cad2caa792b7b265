import ServiceDesk
import WorkflowCore

/// `PUT /me/preferences`.
struct PreferencesBody: Sendable {
    let timeZone: String?
    let off: [String]

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        timeZone = reader.optionalText("time_zone")
        off = reader.texts("off")
        try reader.finish()
    }
}

/// `POST /me/views`.
struct SavedViewBody: Sendable {
    let list: SavedList
    let name: String
    let filters: [String: String]

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        let list = reader.choice("list", of: SavedList.self)
        name = reader.text("name")
        filters = reader.optionalTexts(of: "filters")
        try reader.finish()
        // Without a list the reader has thrown.
        self.list = list ?? .inbox
    }
}

/// `PUT /me/views/{view}/name`.
struct ViewNameBody: Sendable {
    let name: String

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        name = reader.text("name")
        try reader.finish()
    }
}
