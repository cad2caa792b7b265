import Testing

@testable import WorkflowCore

/// Pictures and reasons show conditions to people who have never seen the file.
@Suite("Expressions in words")
struct ExpressionWordsTests {
    private static func words(isGerman: Bool) -> ExpressionWords {
        var words = ExpressionWords(isGerman: isGerman, choices: ["berlin": "Berlin", "porto": "Porto"])
        words.fields = [
            "start": "First day", "urgent": "Urgent?", "wishes": "Wishes", "site": "Site", "sites": "Sites",
            "name": "Name",
        ]
        words.steps = [
            "way": ("The way back", [:]), "missing": ("It is lost", [:]), "account": ("Account", ["login": "Login"]),
        ]
        return words
    }

    @Test(
        "Conditions are said in words, in English and German",
        arguments: [
            ("has(start)", "“First day” is given", "„First day“ ist angegeben"),
            ("not has(start)", "“First day” is not given", "„First day“ fehlt"),
            ("!has(account.login)", "“Account”: “Login” is not given", "„Account“: „Login“ fehlt"),
            (
                "has(account) and urgent", "“Account” has been done and “Urgent?”",
                "„Account“ ist geschehen und „Urgent?“"
            ),
            (
                "urgent ? 4 working hours : size(wishes) > 2 ? 8 working hours : 2 days",
                "4 working hours if “Urgent?”, else 8 working hours if the number of “Wishes” > 2, else 2 days",
                "4 Arbeitsstunden, wenn „Urgent?“, sonst 8 Arbeitsstunden, wenn Anzahl von „Wishes“ > 2, sonst 2 Tage"
            ),
            ("wishes.size() > 2", "the number of “Wishes” > 2", "Anzahl von „Wishes“ > 2"),
            ("size(wishes) == 0", "the number of “Wishes” is 0", "Anzahl von „Wishes“ ist 0"),
            (
                "way.winner == \"missing\"", "“The way back”: “It is lost” came first",
                "„The way back“: „It is lost“ kam zuerst"
            ),
            (
                "way.winner != 'missing' && urgent", "“The way back”: “It is lost” did not come first and “Urgent?”",
                "„The way back“: „It is lost“ kam nicht zuerst und „Urgent?“"
            ),
            ("site in [\"berlin\", \"porto\"]", "“Site” is one of Berlin, Porto", "„Site“ ist eines von Berlin, Porto"),
            ("\"berlin\" in sites", "Berlin is among “Sites”", "Berlin ist unter „Sites“"),
            (
                "!(urgent || has(start))", "not (“Urgent?” or “First day” is given)",
                "nicht („Urgent?“ oder „First day“ ist angegeben)"
            ),
            ("name.contains(\"x y\")", "“Name” contains x y", "„Name“ enthält x y"),
            (
                "requester == manager_of(requester)", "the requester is the manager of the requester",
                "anfragende Person ist Führungskraft der anfragenden Person"
            ),
            ("account.login == name", "“Account”: “Login” is “Name”", "„Account“: „Login“ ist „Name“"),
        ])
    func phrases(_ source: String, _ english: String, _ german: String) {
        #expect(Self.words(isGerman: false).words(source) == english)
        #expect(Self.words(isGerman: true).words(source) == german)
    }

    @Test(
        "What has no words stays code that can be read",
        arguments: [
            ("wishes.map(w, w + 1)", "“Wishes”.map(w, w + 1)"), ("has(", "has("), ("size(wishes", "size(“Wishes”"),
            (".size()", ".size()"), ("in", "is among"),
        ])
    func code(_ source: String, _ english: String) {
        #expect(Self.words(isGerman: false).words(source) == english)
    }
}
