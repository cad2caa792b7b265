import JSONText
import Testing
import WorkflowCore

/// SplitMix64, so that a printed seed repeats a failure.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

@Suite("Random JSON")
struct JSONRandomTests {
    private static func value(_ random: inout SeededRandom, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth == 0 ? 4 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2:
            return .number(
                "\(Int64.random(in: .min ... .max, using: &random)).\(UInt8.random(in: 0...9, using: &random))")
        case 3: return .string(text(&random))
        case 4:
            return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(&random, depth: depth - 1) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                members[text(&random)] = value(&random, depth: depth - 1)
            }
            return .object(members)
        }
    }

    private static func text(_ random: inout SeededRandom) -> String {
        var scalars = String.UnicodeScalarView()
        let limits: [UInt32] = [0x20, 0x7F, 0x250, 0x10FFFF]
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            let limit = limits.randomElement(using: &random) ?? 0x7F
            if let scalar = Unicode.Scalar(UInt32.random(in: 1...limit, using: &random)) { scalars.append(scalar) }
        }
        return String(scalars)
    }

    @Test("What is written reads back as it was, and damaged text is refused or read, never worse")
    func roundTrip() throws {
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed)")
        var random = SeededRandom(state: seed)
        for _ in 0..<3000 {
            let value = Self.value(&random, depth: 5)
            var writer = JSONWriter()
            writer.value(value)
            #expect(try JSONReader.value(of: writer.bytes) == value, "seed \(seed)")
            var damaged = writer.bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<damaged.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: damaged[index] = UInt8.random(in: .min ... .max, using: &random)
                case 1: damaged.insert(UInt8.random(in: .min ... .max, using: &random), at: index)
                default: if damaged.count > 1 { damaged.remove(at: index) }
                }
            }
            // Most damage is refused; what is not must read alike again.
            if let survivor = try? JSONReader.value(of: damaged) {
                var again = JSONWriter()
                again.value(survivor)
                #expect(try JSONReader.value(of: again.bytes) == survivor, "seed \(seed)")
            }
        }
    }
}
