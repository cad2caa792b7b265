import ArgumentParser
import JSONText
import WorkflowConfiguration
import WorkflowCore

/// For whom findings are written.
enum FindingsFormat: String, ExpressibleByArgument, CaseIterable {
    /// People: the line, a caret and a hint.
    case text
    /// Programs: an array of objects.
    case json
    /// Code scanning: SARIF 2.1.0 (OASIS).
    case sarif
    /// The log of a CI run, in the form of GitHub's workflow commands.
    case annotations
}

/// What a check has found, ready to be written.
struct FindingsReport {
    let diagnostics: [Diagnostic]
    let bundle: ConfigurationBundle
    /// As it was given; locations are paths inside it.
    let directory: String

    var errors: Int { diagnostics.count { $0.severity == .error } }

    /// Without a line feed at the end; empty when there is nothing to say.
    func text(_ format: FindingsFormat) -> String {
        switch format {
        case .text: people
        case .json: json
        case .sarif: sarif
        case .annotations: diagnostics.map(annotation).joined(separator: "\n")
        }
    }

    private var people: String {
        let renderer = DiagnosticRenderer(bundle)
        let findings = diagnostics.map { Output.safe(renderer.text($0), keepsLines: true) + "\n\n" }
        let counts = [
            (bundle.files.count, "file"), (errors, "error"), (diagnostics.count - errors, "warning"),
        ]
        return findings.joined()
            + counts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
    }

    /// An array with one object for each diagnostic.
    private var json: String {
        var writer = JSONWriter()
        writer.array(diagnostics) { writer, diagnostic in
            writer.object { writer in
                writer.key("code")
                writer.string(diagnostic.code)
                writer.key("severity")
                writer.string(diagnostic.severity.rawValue)
                writer.key("message")
                writer.string(diagnostic.message)
                writer.key("hint")
                writer.string(diagnostic.hint)
                writer.key("file")
                writer.string(diagnostic.location.file)
                writer.key("line")
                writer.integer(diagnostic.location.line)
                writer.key("column")
                writer.integer(diagnostic.location.column)
                writer.key("length")
                writer.integer(diagnostic.location.length)
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    // MARK: Annotations

    /// `::error file=…,line=…::message`; a percent sign and line feeds are escaped, in properties colons and commas too.
    private func annotation(_ diagnostic: Diagnostic) -> String {
        func data(_ text: String) -> String {
            text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
        }
        func property(_ text: String) -> String { data(text).replacing(":", with: "%3A").replacing(",", with: "%2C") }
        let location = diagnostic.location
        let message = diagnostic.message + (diagnostic.hint.map { "\n\($0)" } ?? "")
        return
            "::\(diagnostic.severity.rawValue) file=\(property(path(of: location))),line=\(location.line),"
            + "col=\(location.column),endColumn=\(location.column + location.length),"
            + "title=\(property(diagnostic.code))::\(data(Output.safe(message, keepsLines: true)))"
    }

    private func path(of location: SourceLocation) -> String {
        var folder = directory
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        return folder == "." ? location.file : folder == "/" ? "/" + location.file : "\(folder)/\(location.file)"
    }

    // MARK: SARIF

    private var sarif: String {
        var writer = JSONWriter()
        let codes = Set(diagnostics.map(\.code)).sorted()
        writer.object { writer in
            writer.key("$schema")
            writer.string("https://json.schemastore.org/sarif-2.1.0.json")
            writer.key("version")
            writer.string("2.1.0")
            writer.key("runs")
            writer.array([codes]) { writer, codes in
                writer.object { writer in
                    writer.key("tool")
                    writer.object { writer in
                        writer.key("driver")
                        writer.object { writer in
                            writer.key("name")
                            writer.string("bureau")
                            writer.key("version")
                            writer.string(Bureau.configuration.version)
                            writer.key("rules")
                            writer.array(codes) { rule($1, &$0) }
                        }
                    }
                    // Columns count Unicode scalars.
                    writer.key("columnKind")
                    writer.string("unicodeCodePoints")
                    writer.key("results")
                    writer.array(diagnostics) { result($1, codes, &$0) }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func rule(_ code: String, _ writer: inout JSONWriter) {
        let explanation = CodeExplanation.of(code)
        writer.object { writer in
            writer.key("id")
            writer.string(code)
            writer.key("shortDescription")
            message(explanation?.summary ?? code, &writer)
            if let explanation {
                writer.key("help")
                message(explanation.text, &writer)
            }
        }
    }

    private func result(_ diagnostic: Diagnostic, _ codes: [String], _ writer: inout JSONWriter) {
        let location = diagnostic.location
        writer.object { writer in
            writer.key("ruleId")
            writer.string(diagnostic.code)
            writer.key("ruleIndex")
            writer.integer(codes.firstIndex(of: diagnostic.code) ?? 0)
            writer.key("level")
            writer.string(diagnostic.severity.rawValue)
            writer.key("message")
            message(diagnostic.message + (diagnostic.hint.map { " \($0)" } ?? ""), &writer)
            writer.key("locations")
            writer.array([location]) { writer, location in
                writer.object { writer in
                    writer.key("physicalLocation")
                    writer.object { writer in
                        writer.key("artifactLocation")
                        writer.object { writer in
                            writer.key("uri")
                            writer.string(Self.uri(path(of: location)))
                        }
                        writer.key("region")
                        writer.object { writer in
                            writer.key("startLine")
                            writer.integer(location.line)
                            writer.key("startColumn")
                            writer.integer(location.column)
                            writer.key("endColumn")
                            writer.integer(location.column + location.length)
                        }
                    }
                }
            }
        }
    }

    private func message(_ text: String, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("text")
            writer.string(text)
        }
    }

    /// A path as a relative reference (RFC 3986): what is not unreserved or a slash is percent-encoded.
    private static func uri(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return path.utf8.reduce(into: "") { uri, byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.properties.isAlphabetic && byte < 0x80 || (0x30...0x39).contains(byte)
                || "-._~/".utf8.contains(byte)
            {
                uri.unicodeScalars.append(scalar)
            } else {
                uri += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
