import Expressions
import Testing

@testable import WorkflowCore

/// What is open only while something about the time holds is taken up, and put aside, by the time itself.
@Suite("Steps that time puts aside and takes up")
struct LookTests {
    private static let form = [field("start", .date), field("limit", .datetime)]

    private func raised(_ condition: String) throws -> Story {
        let work = step("a", task(.team("hr"))).with { $0.onlyWhile = expression(condition) }
        var type = requestType(form: Self.form, [work, step("beside", task(.team("it")))])
        type.amendments = [Amendment(field: "start", by: [people("requester")], until: nil)]
        return try Story(
            type, raisedWith: ["start": .string("2026-11-25"), "limit": .string("2026-11-23T10:00:30Z")])
    }

    /// Raised on Monday, 23 November 2026, at 10:00 of the organisation's clocks, an hour before UTC.
    @Test(
        "The moment is worked out ahead, and something changes then",
        arguments: [
            ("today >= start", "2026-11-24T23:00:00Z"), ("today < start", "2026-11-24T23:00:00Z"),
            ("start == today", "2026-11-24T23:00:00Z"), ("today != start", "2026-11-24T23:00:00Z"),
            ("today > start - 2 days", "2026-11-23T23:00:00Z"), ("today + 2 days > start", "2026-11-23T23:00:00Z"),
            ("now >= limit", "2026-11-23T10:00:30Z"), ("now > limit", "2026-11-23T10:00:31Z"),
            ("limit > now", "2026-11-23T10:00:30Z"), ("now <= limit", "2026-11-23T10:00:31Z"),
            ("now > limit and now < limit + 2 minutes", "2026-11-23T10:00:31Z"),
            ("now - limit >= duration('1h')", "2026-11-23T11:01:00Z"),
            ("now >= start at 09:00 or now == limit", "2026-11-23T10:00:30Z"),
            ("now.getHours() >= 12", "2026-11-23T12:00:00Z"), ("now.getMinutes() < 40", "2026-11-23T09:40:00Z"),
            ("today == start or now >= limit", "2026-11-23T10:00:30Z"),
        ])
    func ahead(_ condition: String, _ moment: String) throws {
        var story = try raised(condition)
        #expect(story.state?.timers["a"]?.description == moment)
        let wasOpen = story.state?.workItems["a"] != nil
        try story.ring("a")
        #expect((story.state?.workItems["a"] != nil) != wasOpen)
        #expect(story.state?.steps["a"]?.isSuspended == wasOpen)
    }

    @Test(
        "A moment far off that it is compared with hides nothing that happens before",
        arguments: [
            ("now.getDate() == 5 and now < limit + 90 days", "2026-12-05T00:00:00Z", "2026-12-06T00:00:00Z"),
            ("year(today) == 2028 and today < start + 1000 days", "2027-12-31T23:00:00Z", "2028-12-31T23:00:00Z"),
        ])
    func far(_ condition: String, _ opens: String, _ closes: String) throws {
        var story = try raised(condition)
        for moment in [opens, closes] {
            let wasOpen = story.state?.workItems["a"] != nil
            var rings = 0
            while (story.state?.workItems["a"] != nil) == wasOpen, rings < 20 {
                try story.ring("a")
                rings += 1
            }
            #expect(story.now.description == moment)
            #expect(wasOpen == (moment == closes))
        }
    }

    @Test("What begins by itself and never changes again is not looked at again")
    func once() throws {
        var story = try raised("today >= start")
        #expect(
            story.journal.map(\.event.line).suffix(3) == [
                "postponed a", "started beside for team:it", "alarm_set a look 2026-11-24T23:00:00Z",
            ])
        #expect(try story.ring("a") == ["alarm_removed a look", "resumed a", "started a for team:hr"])
        #expect(story.state?.timers.isEmpty == true)
    }

    @Test("What time takes away it gives back: two events for each change, and none in between")
    func hours() throws {
        var story = try raised("now.getHours() >= 12")
        #expect(
            try story.ring("a") == [
                "alarm_set a look 2026-11-24T00:00:00Z", "resumed a", "started a for team:hr",
                "alarm_set a look 2026-11-24T00:00:00Z",
            ])
        #expect(try story.give(.comment("Hello"), by: Person.rosa) == ["commented"])
        #expect(try story.ring("a") == ["alarm_set a look 2026-11-24T12:00:00Z", "suspended a"])
        #expect(try story.ring("a") == ["alarm_set a look 2026-11-25T00:00:00Z", "resumed a"])
    }

    @Test("The moment moves with what it is compared with, and nothing is set for a moment that has passed")
    func moving() throws {
        var story = try raised("today >= start")
        #expect(
            try story.give(.amend(entries: ["start": .raw(.string("2026-12-01"))]), by: Person.rosa) == [
                "changed start", "alarm_set a look 2026-11-30T23:00:00Z",
            ])
        #expect(
            try story.give(.amend(entries: ["start": .raw(.string("2026-11-20"))]), by: Person.rosa) == [
                "changed start", "resumed a", "started a for team:hr",
            ])
        #expect(story.state?.timers.isEmpty == true)
    }

    @Test("What settles is looked at no longer")
    func settled() throws {
        var story = try raised("today < start")
        try story.give(.complete("a", entries: [:]), by: Person.hans)
        #expect(story.state?.timers.isEmpty == true)
    }

    @Test("What no one can foresee is looked at every hour, with one event each time and none for other commands")
    func directory() throws {
        var story = try raised("manager_of(requester).hasValue()")
        #expect(story.state?.timers["a"] == moment("2026-11-23T10:00:00Z"))
        story.now = moment("2026-11-23T09:20:00Z")
        #expect(try story.give(.comment("Hello"), by: Person.rosa) == ["commented"])
        #expect(try story.ring("a") == ["alarm_set a look 2026-11-23T11:00:00Z"])
        story.world.leave(Person.mila)
        #expect(try story.ring("a").contains("suspended a"))
    }

    @Test("A clock that is behind the one that set the alarm loses nothing")
    func behind() throws {
        var story = try raised("today >= start")
        let due = try #require(story.state?.timers["a"])
        story.now = moment("2026-11-24T22:59:59Z")
        #expect(
            try story.give(.deadlinePassed("a", due: due), as: .system(.timer)).suffix(2) == [
                "resumed a", "started a for team:hr",
            ])
    }

    @Test("A condition that cannot be worked out later tells people when that comes")
    func unreadable() throws {
        var story = try raised("10 / (timestamp('2026-11-23T11:00:00Z') - now).getHours() > 0")
        #expect(story.state?.timers["a"] == moment("2026-11-23T10:01:00Z"))
        #expect(try story.ring("a").contains { $0.hasPrefix("unreadable a") })
    }

    @Test("A desk in memory wakes it when its clock is moved")
    func simulation() throws {
        let story = try raised("today >= start")
        let world = World(requestTypes: [story.type])
        var desk = Simulation(
            configuration: world.configuration, directory: world.directory, time: World.timeFrame, now: story.now)
        let request = try desk.raise(
            "hr.leave", ["start": .string("2026-11-25"), "limit": .string("2026-11-23T10:00:30Z")], by: Person.rosa)
        #expect(desk[request]?.state.steps["a"]?.isSuspended == true)
        #expect(try desk.advance(to: moment("2026-11-25T08:00:00Z")) == 1)
        #expect(desk[request]?.state.workItems["a"]?.since == moment("2026-11-23T09:00:00Z"))
    }
}
