import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("Changes to an onboarding that would hurt people")
struct HarmfulChangeTests {
    private static let onboarding = "departments/hr/requests/onboarding.yaml"
    private static let account = "departments/it/requests/account.yaml"
    private static let badge = "departments/security/requests/badge.yaml"

    private static let changes: [(about: String, file: String, old: String, new: String, found: String)] = [
        (
            "The rule's approval may be missed", onboarding, "  - block: prepare\n    after: intake\n",
            "  - block: prepare\n", "rule.violated"
        ),
        (
            "The approval is given up after three rounds", onboarding, "on_exhausted: {end: rejected}",
            "on_exhausted: continue", "rule.violated"
        ),
        (
            "The loop ends without an approval", onboarding, "until: decide.outcome == \"approved\"",
            "until: decide.outcome != \"approved\"", "rule.violated"
        ),
        ("The loop has no bound", onboarding, "    max: 3\n", "", "config.missing_key"),
        (
            "The approval is no longer due", onboarding,
            "        due: 5 working days\n        on_overdue: reject\n        on_rejected: continue",
            "        on_rejected: continue", "step.no_due"
        ),
        (
            "Nobody stands in for voters who may not vote", onboarding,
            "        fallback: role:hr-lead            # for an entry in which nobody is left\n", "",
            "approval.no_fallback"
        ),
        (
            "A rejection for security leads nowhere", onboarding,
            "        on_overdue: reject\n        on_rejected: {end: rejected}\n", "        on_overdue: reject\n",
            "step.unhandled_failure"
        ),
        ("A field is renamed", onboarding, "  start:\n    label", "  begin:\n    label", "expression.unknown_name"),
        (
            "A team is misspelled", onboarding, "sensitive: team:hr-payroll", "sensitive: team:hr-payrol",
            "reference.unknown_team"
        ),
        (
            "A step is misspelled", onboarding, "after: [account, clearance, desk]",
            "after: [account, clearence, desk]", "step.after_unknown"
        ),
        (
            "The salary goes to IT", onboarding, "with: {name: name, manager: manager, by: start}",
            "with: {name: string(salary), manager: manager, by: start}", "sensitive.flows"
        ),
        (
            "A change of the first day is not answered", onboarding, "        on_change: {start: forward}\n", "",
            "change.unanswered"
        ),
        (
            "An account would stay behind", onboarding,
            "        undo: {type: it.disable_account, with: {login: account.login}}\n", "", "undo.missing"
        ),
        (
            "The clearance is asked of people who are not cleared themselves", onboarding, "when: privileged\n",
            "when: privileged and not privileged\n", "condition.never"
        ),
        (
            "IT no longer tells the login", account, "outputs: {login: work.login}", "outputs: {logon: work.login}",
            "expression.unknown_field"
        ),
        (
            "Security asks for more", badge, "form:\n", "form:\n  photo: {label: Photo, type: url}\n",
            "request.missing_input"
        ),
        ("Security no longer offers badges", badge, "offered_to: everyone", "offered_to: [it]", "request.not_offered"),
    ]

    @Test("Each is stopped", arguments: changes.indices)
    func stopped(_ index: Int) throws {
        let change = Self.changes[index]
        let sample = try #require(try CorpusCase.all().first { $0.name == "onboarding_of_the_draft" })
        var files = sample.files
        let text = try #require(files[change.file])
        #expect(text.contains(change.old), "\(change.about): \(change.file) has changed")
        files[change.file] = text.replacing(change.old, with: change.new)
        let compilation = Fixtures.compile(files)
        #expect(
            compilation.diagnostics.contains { $0.code == change.found },
            "\(change.about): \(compilation.diagnostics.map(\.description))")
        #expect(compilation.configuration == nil)
    }
}
