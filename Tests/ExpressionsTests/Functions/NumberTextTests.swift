import Expressions
import Foundation
import Testing

/// Numbers as text, against the C library, which the core does without.
@Suite struct NumberTextTests {
    private func evaluate(_ source: String, _ number: Double) throws -> Value {
        try Expressions.Expression.parse(source).evaluateUnchecked(
            in: TestActivation(variables: ["x": .double(number)]))
    }

    @Test("Decimals are written as the C library writes them, ties and the ends of the range included")
    func format() throws {
        var generator = Fuzzing.generator("Numbers as text")
        let ends: [Double] = [
            0, -0.0, 0.5, 1.5, 2.5, 0.125, 1e22, 1e23, -1e23, .leastNonzeroMagnitude, .leastNormalMagnitude,
            .greatestFiniteMagnitude,
            9.5, 99.5, 999_999.5, 0.000_999_95, 9.999_999_999_999_999e22,
        ]
        let random = (0..<300).map { index in
            let bits = Double(bitPattern: generator.next())
            let plain = Double(Int.random(in: -1_000_000...1_000_000, using: &generator)) / 1024
            return index % 2 == 0 && bits.isFinite ? bits : plain
        }
        for number in ends + random {
            for places in [0, 1, 2, 6, 20] {
                for letter in ["f", "e"] {
                    let ours = try evaluate("'%.\(places)\(letter)'.format([x])", number)
                    #expect(ours == .string(String(format: "%.\(places)\(letter)", number)), "\(number)")
                }
            }
        }
    }

    @Test(
        "Numbers are rounded as they are written in decimals, halves away from zero",
        arguments: [
            (1.005, 2, 1.01), (2.675, 2, 2.68), (-1.005, 2, -1.01), (0.5, 0, 1), (1e300, 2, 1e300), (1e-9, 3, 0),
            (123_456.789, 1, 123_456.8), (9.995, 2, 10),
        ])
    func rounding(_ number: Double, _ places: Int, _ expected: Double) throws {
        #expect(try evaluate("round(x, \(places))", number) == .double(expected))
    }

    @Test(
        "A share of an amount is exact in decimals, halves away from zero",
        arguments: [
            ("0.50 EUR", 0.29, "0.15 EUR"), ("1.50 EUR", 0.07, "0.11 EUR"), ("-1.50 EUR", 0.07, "-0.11 EUR"),
            ("90071992547409.93 EUR", 1, "90071992547409.93 EUR"), ("100.00 EUR", 1e-40, "0.00 EUR"),
            ("7 JPY", 0.5, "4 JPY"), ("1.000 KWD", 1.2345, "1.235 KWD"), ("10.00 EUR", 1e3, "10000.00 EUR"),
        ])
    func shares(_ amount: String, _ factor: Double, _ expected: String) throws {
        let product = try evaluate("money('\(amount)') * x", factor)
        #expect(product == Money(expected).map { .money($0) })
    }
}
