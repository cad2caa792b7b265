import Glibc

/// Measures by the processor's time of this process, so that what else the machine does changes little.
enum Measuring {
    /// Seconds of processor time that this process has used.
    static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// How many units a second, of work that is repeated for so long after one round to warm up.
    ///
    /// - Parameter round: Does some work and says how many units it was.
    static func rate(seconds: Double, _ round: () throws -> Int) rethrows -> Double {
        _ = try round()
        let start = processorSeconds
        var units = 0
        var used = 0.0
        repeat {
            units += try round()
            used = processorSeconds - start
        } while used < seconds
        return Double(units) / used
    }

    /// The least seconds that one of so many rounds takes. What it gives is thrown away when the clock stands.
    static func seconds<Result>(rounds: Int, _ round: () throws -> Result) rethrows -> Double {
        var least = Double.infinity
        for _ in 0..<max(1, rounds) {
            let start = processorSeconds
            let result = try round()
            withExtendedLifetime(result) { least = min(least, processorSeconds - start) }
        }
        return least
    }
}
