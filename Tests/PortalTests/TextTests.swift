import Expressions
import ServiceDesk
import Testing
import WorkflowCore

@testable import Portal

@Suite("Texts")
struct TextTests {
    @Test(
        "Numbers and amounts are written as the language writes them",
        arguments: [
            (.number("3.5"), "3.5", "3,5"), (.number("2026"), "2026", "2026"),
            (money("-1234567.50"), "-1234567.50 EUR", "-1.234.567,50 EUR"), (money("999"), "999 EUR", "999 EUR"),
            (.array([money("1000.00"), money("1")]), "1000.00 EUR, 1 EUR", "1.000,00 EUR; 1 EUR"),
            (.array([]), "", ""), (.string("1.5"), "1.5", "1.5"),
            (.object(["amount": .string("1.5")]), "Amount", "Amount"),
        ] as [(JSONValue, String, String)])
    func numbers(value: JSONValue, english: String, german: String) {
        #expect(Texts(language: "en", home: .utc, now: .earliest).shown(value, english) == english)
        #expect(Texts(language: "de", home: .utc, now: .earliest).shown(value, english) == german)
    }

    private static func money(_ amount: String) -> JSONValue {
        .object(["amount": .string(amount), "currency": .string("EUR")])
    }

    @Test("Every text is there in both languages, with the same places")
    func complete() {
        for text in Text.allCases {
            #expect(!text.english.isEmpty && !text.german.isEmpty, "\(text)")
            for place in ["{1}", "{2}"] {
                #expect(text.english.contains(place) == text.german.contains(place), "\(text)")
            }
        }
        for text in OfficeText.allCases {
            let (english, german) = text.words
            #expect(!english.isEmpty && !german.isEmpty && Text(rawValue: text.rawValue) == nil, "\(text)")
            for place in ["{1}", "{2}"] {
                #expect(english.contains(place) == german.contains(place), "\(text)")
            }
        }
    }

    @Test("The page that shows what pages are made of speaks of real things, in both languages")
    func design() {
        for text in DesignText.allCases {
            let (english, german) = text.words
            #expect(!english.isEmpty && !german.isEmpty && english != german, "\(text)")
        }
    }

    @Test("The audit speaks German: every kind of entry, and what stands in entries", arguments: AuditKind.allCases)
    func audit(kind: AuditKind) {
        let (english, german) = (
            Texts(language: "en", home: .utc, now: .earliest), Texts(language: "de", home: .utc, now: .earliest)
        )
        #expect(english.audit(kind).allSatisfy { $0.isLetter || $0 == " " })
        #expect(german.audit(kind).first?.isUppercase == true && german.audit(kind) != english.audit(kind))
        #expect(german.auditDetail("invited_by") == "eingeladen von" && german.auditDetail("new_one") == "new one")
    }

    @Test("A text that names a button names it as it reads")
    func buttons() {
        for text in [Text.draftElsewhere, .draftSent] {
            #expect(text.english.contains("“\(Text.keepDraft.english)”"))
            #expect(text.german.contains("„\(Text.keepDraft.german)“"))
        }
    }

    @Test("What is put in is put in as it is")
    func places() {
        let texts = Texts(language: "en", home: .utc, now: .earliest)
        #expect(texts(.approvedWith, "{2}", "{1}") == "{2} approved: {1}")
        #expect(texts(.foundNone, "{") == "Nothing found for “{”.")
    }

    @Test(
        "Numbers are read as people write them",
        arguments: [
            ("en", "1250.00", "1250.00"), ("en", "1,250.00", "1250.00"), ("en", "1,250", "1250"),
            ("en", "12,5", "12.5"),
            ("en", "1,250,000", "1250000"), ("en", "1 250", "1250"), ("en", "abc", "abc"), ("en", "0.125", "0.125"),
            ("de", "1250,00", "1250.00"), ("de", "1.250,00", "1250.00"), ("de", "1.250", "1250"),
            ("de", "12.5", "12.5"),
            ("de", "1.250.000", "1250000"), ("de", "0.125", "0.125"), ("de", "-3,5", "-3.5"), ("de", "", ""),
        ])
    func numbers(language: String, text: String, expected: String) {
        #expect(Texts(language: language, home: .utc, now: .earliest).number(text) == expected)
    }

    @Test("Moments near now are named by their day")
    func moments() throws {
        let now = try #require(Instant(rfc3339: "2026-11-21T23:30:00Z"))
        let berlin = ZoneRules.fixed(offsetSeconds: 3600)
        let english = Texts(language: "en", home: berlin, now: now)
        let german = Texts(language: "de", home: berlin, now: now)
        #expect(english.moment(now) == "today, 00:30" && german.moment(now) == "heute, 00:30")
        #expect(english.moment(now + .seconds(86_400)) == "tomorrow, 00:30")
        #expect(german.moment(now - .seconds(3600)) == "gestern, 23:30")
        #expect(german.moment(now + .seconds(4 * 86_400)) == "26. November 2026, 00:30")
        #expect(english.instantText("2026-11-22T00:30") == "2026-11-21T23:30:00Z")
        #expect(english.localText(now) == "2026-11-22T00:30" && english.instantText("soon") == "soon")
    }
}
