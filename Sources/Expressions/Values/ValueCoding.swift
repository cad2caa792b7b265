/// Self-describing JSON, stable for ever: null, bool, int, string and list are themselves, everything else is an object
/// with one key that names the type: `{"date":"2026-11-21"}`, `{"money":"1.00 EUR"}`, `{"map":[["a",1]]}` with keys in
/// order, `{"optional":null}` for none. An optional that holds null is `{"some":null}`.
extension Value: Codable {
    private struct Tag: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads what `encode` writes; throws `DecodingError` for everything else.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Tag.self) {  // not an object: one of the plain forms
            self = try Self.tagged(container)
            return
        }
        if var container = try? decoder.unkeyedContainer() {  // not an array: a plain scalar
            var elements: [Value] = []
            while !container.isAtEnd { elements.append(try container.decode(Value.self)) }
            self = .list(elements)
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {  // another scalar: tried next
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {  // another scalar: tried next
            self = .int(value)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    private static func tagged(_ container: KeyedDecodingContainer<Tag>) throws -> Value {
        guard let tag = container.allKeys.first, container.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: container.codingPath, debugDescription: "expected an object with one key"))
        }
        func corrupt(_ what: String) -> DecodingError {
            .dataCorruptedError(forKey: tag, in: container, debugDescription: "not \(what)")
        }
        func text() throws -> String { try container.decode(String.self, forKey: tag) }
        switch tag.stringValue {
        case "uint": return .uint(try container.decode(UInt64.self, forKey: tag))
        case "double":
            guard let name = try? text() else {  // a number: the usual form
                return .double(try container.decode(Double.self, forKey: tag))
            }
            switch name {
            case "nan": return .double(.nan)
            case "inf": return .double(.infinity)
            case "-inf": return .double(-.infinity)
            default: throw corrupt("a number")
            }
        case "bytes":
            guard let bytes = bytesOf(hexadecimal: try text()) else { throw corrupt("hexadecimal") }
            return .bytes(bytes)
        case "map":
            var map: [Value: Value] = [:]
            for pair in try container.decode([[Value]].self, forKey: tag) {
                guard pair.count == 2, map.updateValue(pair[1], forKey: pair[0]) == nil else { throw corrupt("a map") }
            }
            return .map(map)
        case "timestamp": return .timestamp(try container.decode(Instant.self, forKey: tag))
        case "duration":
            guard let duration = Duration(seconds: try text()) else { throw corrupt("a duration") }
            return .duration(duration)
        case "type": return .type(try text())
        case "optional":
            let content = try container.decode(Value.self, forKey: tag)
            return .optional(content == .null ? nil : content)
        case "some": return .optional(.some(try container.decode(Value.self, forKey: tag)))
        case "date": return .date(try container.decode(CivilDate.self, forKey: tag))
        case "time": return .timeOfDay(try container.decode(TimeOfDay.self, forKey: tag))
        case "span": return .span(try container.decode(Span.self, forKey: tag))
        case "money": return .money(try container.decode(Money.self, forKey: tag))
        case "person": return .person(try text())
        default: throw corrupt("a known type")
        }
    }

    /// Writes the form described at the type.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .null, .bool, .int, .string, .list: try encodePlain(to: encoder)
        case .uint(let value): try encode(value, as: "uint", to: encoder)
        case .double(let value):
            if value.isFinite {
                try encode(value, as: "double", to: encoder)
            } else {
                try encode(value.isNaN ? "nan" : value < 0 ? "-inf" : "inf", as: "double", to: encoder)
            }
        case .bytes(let value): try encode(hexadecimal(value), as: "bytes", to: encoder)
        case .map(let map):
            let pairs = Value.sortedKeys(of: map).map { [$0, map[$0] ?? .null] }
            try encode(pairs, as: "map", to: encoder)
        case .timestamp(let value): try encode(value, as: "timestamp", to: encoder)
        case .duration(let value): try encode(value.inSeconds, as: "duration", to: encoder)
        case .type(let value): try encode(value, as: "type", to: encoder)
        case .optional(.some(.null)): try encode(Value.null, as: "some", to: encoder)
        case .optional(let value): try encode(value ?? .null, as: "optional", to: encoder)
        case .date(let value): try encode(value, as: "date", to: encoder)
        case .timeOfDay(let value): try encode(value, as: "time", to: encoder)
        case .span(let value): try encode(value, as: "span", to: encoder)
        case .money(let value): try encode(value, as: "money", to: encoder)
        case .person(let value): try encode(value, as: "person", to: encoder)
        }
    }

    private func encodePlain(to encoder: any Encoder) throws {
        if case .list(let elements) = self {
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
            return
        }
        var container = encoder.singleValueContainer()
        switch self {
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        default: try container.encodeNil()
        }
    }

    private func encode(_ value: some Encodable, as tag: String, to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Tag.self)
        try container.encode(value, forKey: Tag(stringValue: tag))
    }
}

/// Lower-case hexadecimal, two digits a byte.
func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".unicodeScalars)
    var text = String.UnicodeScalarView()
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(text)
}

/// The bytes of hexadecimal text; nil for an odd number of digits or anything else.
func bytesOf(hexadecimal text: String) -> [UInt8]? {
    let digits = text.unicodeScalars.map { $0.hexadecimalValue }
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
        guard let high = digits[index], let low = digits[index + 1] else { return nil }
        bytes.append(UInt8(high * 16 + low))
    }
    return bytes
}

extension Unicode.Scalar {
    /// 0 to 15, nil when it is no hexadecimal digit.
    var hexadecimalValue: UInt32? {
        switch value {
        case 0x30...0x39: value - 0x30
        case 0x41...0x46: value - 0x41 + 10
        case 0x61...0x66: value - 0x61 + 10
        default: nil
        }
    }
}
