import Expressions
import ServiceDesk
import Testing
import WorkflowCore

@Suite("A request that needs another department")
struct ChildStoryTests {
    @Test("The child is raised, done, and reported to its parent")
    func done() async throws {
        try await DeskHarness.with { harness in
            let parent = try await harness.raiseJoiner()
            #expect(try parent.step("account").child?.number == nil)
            #expect(try await harness.inbox("ivo").isEmpty)
            try await harness.work()
            let item = try #require(try await harness.inbox("ivo").first)
            #expect(item.request.number == "IT-1")
            #expect(item.request.requester.handle == "hal")
            let running = try await harness.view("HR-1", by: "hal")
            #expect(try running.step("account").child?.number == "IT-1")
            // The requester of the parent is the child's, so they may follow the link.
            #expect(try running.step("account").child?.id == item.request.id)
            let child = try await harness.view("IT-1", by: "hal")
            #expect(child.parent?.number == "HR-1")
            #expect(try await harness.view("IT-1", by: "ivo").parent == nil)

            try await harness.perform(
                .complete(InstanceName("create"), ["login": .string("nora")]), on: "IT-1", by: "ivo")
            try await harness.perform(.complete(InstanceName("hand_over"), [:]), on: "IT-1", by: "ivo")
            try await harness.work()
            let prepared = try await harness.view("HR-1", by: "hal")
            let account = try prepared.step("account")
            #expect(account.status == .done)
            #expect(account.outcome == "created")
            #expect(account.outputs.map(\.text) == ["nora"])
            #expect(account.child?.number == "IT-1")
            #expect(try prepared.step("welcome").title == "Welcome Nora")
            try await harness.perform(.complete(InstanceName("welcome"), [:]), on: "HR-1", by: "hal")
            let closed = try await harness.view("HR-1", by: "hal")
            #expect(closed.summary.outcome?.id == "done")
            try await harness.work()
            #expect(try await harness.storage.nextWake() == nil)
            try await harness.checkJournal(of: parent.summary.id)
            try await harness.checkJournal(of: child.summary.id)
        }
    }

    @Test("Whoever may not read the child learns its title and number only")
    func hiddenChild() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseJoiner(by: "ada")
            try await harness.work()
            // HR's agents see the parent, and have no part in IT's request.
            let seen = try await harness.view("HR-1", by: "hal")
            let child = try #require(try seen.step("account").child)
            #expect(child.id == nil)
            #expect(child.number == "IT-1")
            #expect(child.title == "Account")
        }
    }

    @Test("A child whose form refuses the inputs fails the parent's step, and nothing stays behind")
    func refused() async throws {
        try await DeskHarness.with { harness in
            let parent = try await harness.raiseJoiner(name: "Nobody")
            try await harness.work()
            let after = try await harness.view("HR-1", by: "hal")
            #expect(after.summary.outcome?.id == "failed")
            #expect(try after.step("account").status == .failed)
            #expect(try await harness.storage.requestID(number: "IT-1") == nil)
            try await harness.work()
            #expect(try await harness.storage.nextWake() == nil)
            try await harness.checkJournal(of: parent.summary.id)
        }
    }

    @Test("Cancelling the parent cancels the child and waits for it")
    func cancelled() async throws {
        try await DeskHarness.with { harness in
            let parent = try await harness.raiseJoiner()
            try await harness.work()
            let ending = try await harness.perform(.cancel(reason: "Not coming"), on: "HR-1", by: "hal")
            #expect(ending.value.summary.phase == .ending)
            try await harness.work()
            #expect(try await harness.view("HR-1", by: "hal").summary.outcome?.id == "withdrawn")
            #expect(try await harness.view("HR-1", by: "hal").summary.phase == .closed)
            #expect(try await harness.view("IT-1", by: "hal").summary.phase == .closed)
            #expect(try await harness.inbox("ivo").isEmpty)
            #expect(try await harness.storage.nextWake() == nil)
            try await harness.checkJournal(of: parent.summary.id)
        }
    }

    @Test("A child that has gone too far refuses, and the parent waits for its end")
    func refusesCancelling() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseJoiner()
            try await harness.work()
            try await harness.perform(
                .complete(InstanceName("create"), ["login": .string("nora")]), on: "IT-1", by: "ivo")
            try await harness.perform(.cancel(reason: nil), on: "HR-1", by: "hal")
            try await harness.work()
            #expect(try await harness.view("HR-1", by: "hal").summary.phase == .ending)
            #expect(try await harness.view("IT-1", by: "hal").summary.phase == .open)
            try await harness.perform(.complete(InstanceName("hand_over"), [:]), on: "IT-1", by: "ivo")
            try await harness.work()
            #expect(try await harness.view("HR-1", by: "hal").summary.phase == .closed)
            #expect(try await harness.view("HR-1", by: "hal").summary.outcome?.id == "withdrawn")
        }
    }

    @Test("A child starts on the newest configuration, its parent stays on its own")
    func versions() async throws {
        try await DeskHarness.with { harness in
            let parent = try await harness.raiseJoiner()
            var files = TestOrganisation.files
            files["departments/it/teams.yaml", default: ""] += "\n"
            let newest = try await harness.desk.applyConfiguration(files: files, by: "tests")
            try await harness.work()
            let child = try await harness.view("IT-1", by: "hal").summary.id
            #expect(try await harness.stored(child).configuration == newest)
            #expect(try await harness.stored(parent.summary.id).configuration != newest)
            // A daemon that has compiled neither serves both.
            let other = harness.anotherDesk()
            let ivo = try #require(await other.viewer(handle: "ivo"))
            _ = try await other.perform(
                .complete(InstanceName("create"), ["login": .string("nora")]), on: "IT-1", by: ivo, key: nil,
                expectedVersion: nil)
            let hal = try #require(await other.viewer(handle: "hal"))
            _ = try await other.perform(.comment("Soon"), on: "HR-1", by: hal, key: nil, expectedVersion: nil)
            #expect(try await harness.view("HR-1", by: "hal").summary.version > parent.summary.version)
        }
    }

    @Test("A child is not refused because the daemon that raises it has missed the newest configuration and people")
    func missedNews() async throws {
        try await DeskHarness.with { harness in
            var settings = DeskSettings()
            settings.configurationAge = .seconds(3600)
            settings.directoryAge = .seconds(3600)
            let other = harness.anotherDesk(settings)
            // It knows what there is now, and asks for nothing newer for an hour.
            _ = try #require(await other.viewer(handle: "hal"))
            var files = TestOrganisation.files
            files["departments/it/requests/login.yaml"] = files["departments/it/requests/account.yaml"]
            files["departments/it/requests/account.yaml"] = nil
            let joiner = try #require(files["departments/hr/requests/joiner.yaml"])
            files["departments/hr/requests/joiner.yaml"] = joiner.replacing("it.account", with: "it.login")
            _ = try await harness.desk.applyConfiguration(files: files, by: "tests")
            _ = try await harness.desk.importPeople(
                csv: TestOrganisation.people + "\nnew,New,new@test.example,boss,berlin,en,\n", by: "tests")
            _ = try await harness.raiseJoiner(by: "new")
            _ = try await other.runOnce(now: harness.clock.now)
            #expect(try await harness.view("HR-1", by: "new").summary.phase == .open)
            #expect(try await harness.children().map(\.number) == ["IT-1"])
        }
    }

    @Test("A child that ends as soon as it is raised tells first that it exists")
    func endsAtOnce() async throws {
        var files = TestOrganisation.files
        files["departments/it/requests/account.yaml"] = """
            title: {en: Account, de: Konto}
            audience: [team:it]
            offered_to: [hr]
            outcomes: {created: good, withdrawn: bad}
            form:
              name:
                label: {en: Name, de: Name}
                type: text
            steps:
              - task: create
                title: {en: Create it, de: Anlegen}
                when: name == "By hand"
                assign: team:it
                due: 2 working days
                on_overdue: {tell: team:it}
            """
        let joiner = try #require(files["departments/hr/requests/joiner.yaml"])
        files["departments/hr/requests/joiner.yaml"] = joiner.replacing(
            "type: it.account", with: "type: it.account\n    wait: submitted")
        try await DeskHarness.with(files: files) { harness in
            for number in 1...10 {
                _ = try await harness.raiseJoiner()
                try await harness.work()
                let account = try await harness.view("HR-\(number)", by: "hal").step("account")
                #expect(account.status == .done)
                #expect(account.outcome == nil, "it did not wait for the child's end")
            }
        }
    }
}
