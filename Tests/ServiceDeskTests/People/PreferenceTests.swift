import Expressions
import ServiceDesk
import Testing
import WorkflowCore

@Suite("What people choose for themselves")
struct PreferenceTests {
    @Test("Whoever does without a kind is not told it any more, and others are")
    func muted() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            func told(_ handle: String) async throws -> [String] {
                try await harness.desk.notifications(
                    for: harness.viewer(handle), onlyUnread: false, cursor: nil, limit: 50
                ).page.items.map(\.kind)
            }
            try await harness.perform(.comment("First"), on: "HR-1", by: "boss")
            try await harness.work()
            #expect(try await told("ada") == ["commented"])
            _ = try await harness.desk.keepPreferences(
                timeZone: nil, off: ["commented"], by: harness.viewer("ada"))
            try await harness.perform(.comment("Second"), on: "HR-1", by: "boss")
            try await harness.work()
            #expect(try await told("ada") == ["commented"], "what was told stays")
            _ = try await harness.raiseLeave(by: "bo")
            try await harness.perform(.comment("Third"), on: "HR-2", by: "boss")
            try await harness.work()
            #expect(try await told("bo") == ["commented"], "others chose nothing")
            _ = try await harness.desk.keepPreferences(timeZone: nil, off: [], by: harness.viewer("ada"))
            try await harness.perform(.comment("Fourth"), on: "HR-1", by: "boss")
            try await harness.work()
            #expect(try await told("ada") == ["commented", "commented"])
        }
    }

    @Test("A kind on which somebody waits comes also to those of whom an earlier release kept that they do without")
    func neededAnyway() async throws {
        try await DeskHarness.with { harness in
            let ada = try await harness.viewer("ada").person.id
            let stored = StoredPreferences(timeZone: nil, muted: [.handedOver, .closed])
            try await harness.storage.keep(stored, of: ada, at: harness.clock.now)
            func notification(_ kind: NotificationKind, _ low: UInt64) -> StoredNotification {
                StoredNotification(
                    id: UniqueID(high: 7, low: low), person: ada, at: harness.clock.now, kind: kind.rawValue,
                    request: nil, number: nil, instance: nil, text: ["en": "x"])
            }
            try await harness.storage.tellUnlessUnread([notification(.handedOver, 1), notification(.closed, 2)])
            let told = try await harness.desk.notifications(
                for: harness.viewer("ada"), onlyUnread: false, cursor: nil, limit: 10)
            #expect(told.page.items.map(\.kind) == ["handed_over"])
        }
    }

    @Test(
        "What cannot be chosen is refused, and nothing of it is kept",
        arguments: [
            ("Mars/Olympus", [], "preferences.unknown_zone"), ("", [], "preferences.unknown_zone"),
            ("../../etc/passwd", [], "preferences.unknown_zone"),
            (nil, ["gossip"], "preferences.unknown_kind"),
        ]
            + NotificationKind.allCases.filter(\.isNeeded).map {
                (nil, ["closed", $0.rawValue], "preferences.needed_kind")
            } as [(String?, [String], String)])
    func refused(zone: String?, off: [String], code: String) async throws {
        try await DeskHarness.with { harness in
            let ada = try await harness.viewer("ada")
            _ = try await harness.desk.keepPreferences(timeZone: "Europe/Lisbon", off: ["noted"], by: ada)
            await #expect(throws: DeskError.self) {
                do {
                    _ = try await harness.desk.keepPreferences(timeZone: zone, off: off, by: ada)
                } catch DeskError.rejected(let rejection) {
                    #expect(rejection.code == code)
                    throw DeskError.rejected(rejection)
                }
            }
            let kept = try await harness.desk.preferences(of: ada)
            #expect(kept.timeZone == "Europe/Lisbon" && kept.off == [.noted])
        }
    }

    @Test("The zone comes with the session, at once on the daemon where it was chosen")
    func zone() async throws {
        try await DeskHarness.with { harness in
            let ada = try await harness.viewer("ada")
            let started = try await harness.desk.startSession(for: ada.person.id, method: .demo, label: nil)
            #expect(try await harness.desk.visit(session: started.secret)?.zone == nil)
            _ = try await harness.desk.keepPreferences(timeZone: "Asia/Kolkata", off: [], by: ada)
            #expect(try await harness.desk.visit(session: started.secret)?.zone?.name == "Asia/Kolkata")
            _ = try await harness.desk.keepPreferences(timeZone: nil, off: [], by: ada)
            #expect(try await harness.desk.visit(session: started.secret)?.zone == nil)
        }
    }

    @Test("Views are their owner's alone, replaced by those of the same name, and limited")
    func views() async throws {
        try await DeskHarness.with { harness in
            let (ada, bo) = (try await harness.viewer("ada"), try await harness.viewer("bo"))
            func names(_ viewer: Viewer) async throws -> [String] {
                try await harness.desk.savedViews(of: viewer).map(\.name)
            }
            let first = try await harness.desk.saveView(
                "  To   approve ", of: .inbox, filters: ["kind": "approval"], by: ada)
            #expect(first.name == "To approve")
            let again = try await harness.desk.saveView(
                "To approve", of: .inbox, filters: ["mine": "true"], by: ada)
            #expect(again.id == first.id && again.filters == ["mine": "true"])
            _ = try await harness.desk.saveView("To approve", of: .requests, filters: ["phase": "open"], by: ada)
            #expect(try await harness.desk.savedViews(of: ada).map(\.list) == [.inbox, .requests])
            #expect(try await names(bo).isEmpty)
            await #expect(throws: DeskError.self) { try await harness.desk.forgetView(first.id, by: bo) }
            for number in 0..<18 {
                _ = try await harness.desk.saveView("\(number)", of: .inbox, filters: [:], by: ada)
            }
            do {
                _ = try await harness.desk.saveView("One more", of: .inbox, filters: [:], by: ada)
                Issue.record("There is a limit.")
            } catch DeskError.rejected(let rejection) {
                #expect(rejection.code == "views.too_many")
            }
            #expect(
                try await harness.desk.saveView("17", of: .inbox, filters: ["kind": "task"], by: ada).name == "17",
                "replacing is no more of them")
            try await harness.desk.forgetView(first.id, by: ada)
            #expect(try await names(ada).count == 19)
        }
    }

    @Test("A view gets another name, unless another of its list has it, and keeps everything else")
    func renaming() async throws {
        try await DeskHarness.with { harness in
            let (ada, bo, desk) = (try await harness.viewer("ada"), try await harness.viewer("bo"), harness.desk)
            let view = try await desk.saveView("Mine", of: .inbox, filters: ["mine": "true"], by: ada)
            _ = try await desk.saveView("Taken", of: .inbox, filters: ["kind": "task"], by: ada)
            _ = try await desk.saveView("Open", of: .requests, filters: ["phase": "open"], by: ada)
            func code(_ id: UniqueID, _ name: String, _ viewer: Viewer) async throws -> String? {
                do {
                    _ = try await desk.renameView(id, to: name, by: viewer)
                    return nil
                } catch DeskError.rejected(let rejection) {
                    return rejection.code
                }
            }
            #expect(try await code(view.id, "Taken", ada) == "views.name_taken")
            #expect(try await code(view.id, " ", ada) == "views.bad_name")
            #expect(try await code(view.id, "Stolen", bo) == "views.unknown")
            #expect(try await code(UniqueID(high: 1, low: 2), "Nothing", ada) == "views.unknown")
            #expect(try await code(view.id, "Mine", ada) == nil, "its own name is nobody else's")
            let renamed = try await desk.renameView(view.id, to: " Open ", by: ada)
            #expect(renamed == StoredView(id: view.id, list: .inbox, name: "Open", filters: ["mine": "true"]))
            #expect(try await desk.savedViews(of: ada).map(\.name) == ["Open", "Taken", "Open"])
        }
    }

    @Test("What several save at the same moment is not more than anybody may")
    func together() async throws {
        try await DeskHarness.with { harness in
            let ada = try await harness.viewer("ada")
            let saved = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        do {
                            _ = try await harness.desk.saveView("\(number)", of: .inbox, filters: [:], by: ada)
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(saved == 20)
            #expect(try await harness.desk.savedViews(of: ada).count == 20)
        }
    }

    @Test(
        "A view is a list's own filters under a name in one line",
        arguments: [
            ("", ["kind": "task"], "views.bad_name"), (" \n ", [:], "views.bad_name"),
            (String(repeating: "a", count: 61), [:], "views.bad_name"),
            ("turned \u{202E} round", [:], "views.bad_name"),
            ("x", ["kind": "cake"], "views.bad_filter"), ("x", ["phase": "open"], "views.bad_filter"),
            ("x", ["cursor": "abc"], "views.bad_filter"), ("x", ["mine": "false"], "views.bad_filter"),
            ("x", ["department": ""], "views.bad_filter"), ("x", ["department": "a b"], "views.bad_filter"),
        ] as [(String, [String: String], String)])
    func badViews(name: String, filters: [String: String], code: String) async throws {
        try await DeskHarness.with { harness in
            do {
                _ = try await harness.desk.saveView(name, of: .inbox, filters: filters, by: harness.viewer("ada"))
                Issue.record("This is no view.")
            } catch DeskError.rejected(let rejection) {
                #expect(rejection.code == code)
            }
        }
    }
}
