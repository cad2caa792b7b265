import Foundation

/// How many rounds the random tests run, and from which seed.
enum Fuzzing {
    /// BUREAU_FUZZ_ROUNDS, or as many as a normal run has time for.
    static func rounds(_ usual: Int) -> Int {
        ProcessInfo.processInfo.environment["BUREAU_FUZZ_ROUNDS"].flatMap { Int($0) } ?? usual
    }

    /// A generator from BUREAU_FUZZ_SEED, or from a seed of its own, which it prints.
    static func generator(_ what: String) -> SplitMix {
        let named = ProcessInfo.processInfo.environment["BUREAU_FUZZ_SEED"].flatMap { UInt64($0) }
        let seed = named ?? UInt64.random(in: .min ... .max)
        print("\(what): seed \(seed)")
        return SplitMix(state: seed)
    }
}

/// A small generator with a seed. Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
