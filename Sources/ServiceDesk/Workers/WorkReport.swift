/// What one look at timers and messages did.
package struct WorkReport: Sendable, Hashable {
    /// Timers and messages that took effect.
    package var delivered = 0
    /// Those that came too late, or that their receiver rightly refused.
    package var dropped = 0
    /// Those that are tried again later.
    package var postponed = 0

    package init() {}

    static func + (left: WorkReport, right: WorkReport) -> WorkReport {
        var sum = left
        sum.delivered += right.delivered
        sum.dropped += right.dropped
        sum.postponed += right.postponed
        return sum
    }
}
