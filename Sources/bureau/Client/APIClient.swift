import JSONText
import ServiceDesk
import WorkflowCore

/// The API as commands use it.
struct APIClient {
    let server: String
    let token: String?

    /// What an address gives.
    func get(_ path: String, query: [(name: String, value: String?)] = []) throws(ClientError) -> JSONValue {
        try send("GET", Self.address(path, query), headers: [], body: nil)
    }

    /// Has something done. It carries a key of its own, so that it may be sent again when the connection is lost before the answer.
    func post(_ path: String, _ body: JSONValue) throws(ClientError) -> JSONValue {
        var random = SystemRandomNumberGenerator()
        let key = UniqueID(high: random.next(), low: random.next()).description
        return try send(
            "POST", path, headers: [("Idempotency-Key", key), ("Content-Type", "application/json")], body: body.bytes)
    }

    /// Takes something away. Sent again it finds nothing, which says the same.
    func delete(_ path: String) throws(ClientError) {
        _ = try send("DELETE", path, headers: [], body: nil)
    }

    /// Puts something in the place of what is there.
    func put(
        _ path: String, _ body: JSONValue, headers: [(name: String, value: String)] = []
    ) throws(ClientError) -> JSONValue {
        try send("PUT", path, headers: headers + [("Content-Type", "application/json")], body: body.bytes)
    }

    /// What an address gives that is no JSON document: lines.
    func lines(_ path: String, query: [(name: String, value: String?)] = []) throws(ClientError) -> [UInt8] {
        let answer = try answer("GET", Self.address(path, query), headers: [], body: nil)
        guard (200..<300).contains(answer.status) else {
            _ = try Self.content(of: answer, server: server)
            throw .away("\(server) answers \(answer.status) but not as Bureau does.")
        }
        return answer.body
    }

    /// Sends a file. Sent again it is there twice, and what no request uses is forgotten.
    func upload(_ content: [UInt8], name: String) throws(ClientError) -> JSONValue {
        try send(
            "POST", "/api/v1/attachments",
            headers: [
                ("Content-Disposition", "attachment; filename*=UTF-8''\(TextForms.percentEncoded(name))"),
                ("Content-Type", "application/octet-stream"),
            ], body: content)
    }

    /// The content of a file.
    func bytes(_ path: String) throws(ClientError) -> [UInt8] {
        let answer = try answer("GET", path, headers: [], body: nil)
        if answer.status != 200 { _ = try Self.content(of: answer, server: server) }
        return answer.body
    }

    private static func address(_ path: String, _ query: [(name: String, value: String?)]) -> String {
        let pairs = query.compactMap { pair in
            pair.value.map { "\(TextForms.percentEncoded(pair.name))=\(TextForms.percentEncoded($0))" }
        }
        return pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))"
    }

    private func send(
        _ method: String, _ path: String, headers: [(name: String, value: String)], body: [UInt8]?
    ) throws(ClientError) -> JSONValue {
        try Self.content(of: try answer(method, path, headers: headers, body: body), server: server)
    }

    private func answer(
        _ method: String, _ path: String, headers: [(name: String, value: String)], body: [UInt8]?
    ) throws(ClientError) -> HTTPAnswer {
        guard let token else {
            throw .usage(
                "No access token: set BUREAU_TOKEN, pass --token, or write `token = …` into the settings file.")
        }
        let headers = headers + [("Authorization", "Bearer \(token)"), ("Accept", "application/json"), ("Expect", "")]
        do {
            return try exchange(method, server + path, headers: headers, body: body)
        } catch {
            throw .away("\(server) cannot be reached: \(error.sentence).")
        }
    }

    /// Sends, and once more when the connection was lost.
    private func exchange(
        _ method: String, _ url: String, headers: [(name: String, value: String)], body: [UInt8]?
    ) throws(TransportError) -> HTTPAnswer {
        do {
            return try Transport().send(method, url, headers: headers, body: body)
        } catch {
            guard error.isLost else { throw error }
            return try Transport().send(method, url, headers: headers, body: body)
        }
    }

    /// The document of a good answer; throws the problem of a bad one.
    static func content(of answer: HTTPAnswer, server: String) throws(ClientError) -> JSONValue {
        if answer.status == 204 { return .null }
        let document: JSONValue
        do {
            document = try JSONReader.value(of: answer.body)
        } catch {
            throw .away("\(server) answers \(answer.status) but not as Bureau does.")
        }
        guard !(200..<300).contains(answer.status) else { return document }
        guard let code = document["code"]?.text, let detail = document["detail"]?.text else {
            throw .away("\(server) answers \(answer.status) but not as Bureau does.")
        }
        let fields = document["fields"]?.elements ?? []
        throw .refused(
            ProblemDocument(
                status: answer.status, code: code, detail: detail, hint: document["hint"]?.text,
                reference: document["reference"]?.text,
                fields: fields.map { field in
                    ProblemDocument.Field(
                        field: field["field"]?.text ?? "", code: field["code"]?.text ?? "",
                        message: field["message"]?.text ?? "")
                }))
    }
}

/// A name from the command line as one segment of a path. One that is no segment would change which address is meant.
func segment(_ name: String, _ kind: String) throws(ClientError) -> String {
    guard !["", ".", ".."].contains(name) else { throw .usage("“\(name)” is no name of a \(kind).") }
    return TextForms.percentEncoded(name)
}
