/// Adds spans to moments and dates under the calendar that applies. All units come here, negative amounts too.
public protocol WorkingTime: Sendable {
    /// The moment `span` after `start`. Civil units keep the time of day in the organisation's zone.
    func instant(_ start: Instant, adding span: Span) -> Instant
    /// The date `span` after `start`. Only civil units come here; elapsed ones are refused before.
    func date(_ start: CivilDate, adding span: Span) -> CivilDate
    /// When a working day begins: what a bare date means as the end of a wait.
    var startOfBusiness: TimeOfDay { get }
    /// When a working day ends: what a bare date means as a deadline.
    var closeOfBusiness: TimeOfDay { get }
}

/// What expressions know of time: the home zone, working time and the other zones. Not the present moment; that is a
/// variable.
public struct TimeFrame: Sendable {
    /// The zone in which `X at HH:MM` is meant.
    public let home: ZoneRules
    /// How spans are added.
    public let working: any WorkingTime
    /// A zone's rules by name, nil for an unknown one.
    public let zones: @Sendable (String) -> ZoneRules?

    /// The frame of those three parts.
    public init(home: ZoneRules, working: any WorkingTime, zones: @escaping @Sendable (String) -> ZoneRules?) {
        self.home = home
        self.working = working
        self.zones = zones
    }
}
