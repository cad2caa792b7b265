import HTTPTypes
import Testing

@testable import HTTPAPI

@Suite("Limits and header fields")
struct LimitTests {
    @Test("A share is a burst that fills again, and says when to come back")
    func bucket() {
        var shares = Shares<Int>(rate: 2, burst: 4, atOnce: 10)
        for _ in 0..<4 {
            #expect(shares.begin(1, at: .zero) == nil)
            shares.end(1)
        }
        #expect(shares.begin(1, at: .zero) == 1)
        #expect(shares.begin(2, at: .zero) == nil, "others are not concerned")
        #expect(shares.begin(1, at: .milliseconds(499)) == 1)
        #expect(shares.begin(1, at: .milliseconds(501)) == nil)
        var slow = Shares<Int>(rate: 0.1, burst: 1, atOnce: 10)
        #expect(slow.begin(1, at: .zero) == nil)
        #expect(slow.begin(1, at: .seconds(3)) == 7)
    }

    @Test("Only so many are in work at once, however full the bucket")
    func atOnce() {
        var shares = Shares<Int>(rate: 100, burst: 100, atOnce: 2)
        #expect(shares.begin(1, at: .zero) == nil)
        #expect(shares.begin(1, at: .zero) == nil)
        #expect(shares.begin(1, at: .zero) == 1)
        shares.end(1)
        #expect(shares.begin(1, at: .zero) == nil)
    }

    @Test("Its memory has an end, and forgets nobody who is at work")
    func memory() {
        var shares = Shares<Int>(rate: 1, burst: 5, atOnce: 5, maximumKeys: 10)
        #expect(shares.begin(0, at: .zero) == nil)
        for key in 1..<200 {
            #expect(shares.begin(key, at: .zero) == nil)
            shares.end(key)
            #expect(shares.count <= 10)
        }
        for _ in 0..<4 { #expect(shares.begin(0, at: .zero) == nil) }
        #expect(shares.begin(0, at: .zero) == 1, "the five that are in work are still counted")
    }

    @Test("More than a person's share is answered 429, whoever watches is not limited, and 0 sets no limit")
    func limited() async throws {
        var settings = APISettings()
        settings.personRequestsAtOnce = 0
        let server = TestServer(settings: settings)
        let answer = try await server.send(.get, "/api/v1/me")
        #expect(answer.status == 429)
        #expect(try answer.code == "rate.exceeded")
        #expect(answer.headers[.retryAfter] == "1")
        #expect(try await server.send(.get, "/healthz", token: nil).status == 200)
        settings.personRate = 0
        #expect(try await TestServer(settings: settings).send(.get, "/api/v1/me").status == 503)
    }

    @Test(
        "A field that can mean only one thing comes once",
        arguments: [HTTPField.Name.contentType, .ifMatch, .idempotencyKey, .origin, .csrfToken, .authorization])
    func repeated(name: HTTPField.Name) async throws {
        var headers: HTTPFields = [:]
        headers.append(HTTPField(name: name, value: "a"))
        headers.append(HTTPField(name: name, value: "a"))
        let answer = try await TestServer().send(.get, "/api/v1/me", headers: headers, token: nil)
        #expect(answer.status == 400)
        #expect(try answer.code == "header.repeated")
    }

    @Test("Every answer says what browsers may do with it, and over HTTPS that nothing else will do")
    func security() async throws {
        var settings = APISettings()
        for (url, transport) in [
            ("https://desk.example.org", "max-age=31536000; includeSubDomains"), ("http://127.0.0.1:8080", nil),
        ] as [(String, String?)] {
            settings.publicURL = PublicURL(url)
            let answer = try await TestServer(settings: settings).send(.get, "/healthz", token: nil)
            #expect(answer.headers[.strictTransportSecurity] == transport)
            #expect(answer.headers[.crossOriginOpenerPolicy] == "same-origin")
            #expect(answer.headers[.crossOriginResourcePolicy] == "same-origin")
            #expect(answer.headers[.permissionsPolicy]?.contains("camera=()") == true)
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        }
    }
}
