import PostgresClient
import Testing

@testable import struct PostgresClient.ConnectionConfiguration

@Suite("Configuration of connections")
struct ConfigurationTests {
    private func value(_ keyword: String, _ connectionString: String) throws -> String? {
        let keywords = try ConnectionConfiguration(connectionString: connectionString).keywords()
        #expect(Set(keywords.map(\.keyword)).count == keywords.count)
        return keywords.first { $0.keyword == keyword }?.value
    }

    @Test("What the connection string leaves open gets a default, what it says stays")
    func defaults() throws {
        #expect(try value("connect_timeout", "host=a") == "10")
        #expect(try value("connect_timeout", "host=a connect_timeout=3") == "3")
        #expect(try value("tcp_user_timeout", "host=a") == "30000")
        #expect(try value("keepalives_idle", "postgresql://a/b?keepalives_idle=5") == "5")
        #expect(try value("host", "postgresql://a,c/b?target_session_attrs=read-write") == "a,c")
        #expect(try value("target_session_attrs", "postgresql://a,c/b?target_session_attrs=read-write") == "read-write")
        #expect(try value("client_encoding", "client_encoding=LATIN1") == "UTF8")
    }

    @Test("Time-outs travel as options, before those of the connection string, which win")
    func options() throws {
        let options = try #require(try value("options", "options='-c lock_timeout=1'"))
        #expect(options.contains("-c statement_timeout=30000"))
        #expect(options.hasSuffix("-c lock_timeout=1"))
    }

    @Test(
        "A password is in no description",
        arguments: [
            "host=a user=b password=sesame", "postgresql://b:sesame@a/c", "host=a password=x sesame",
            "host=a sslpassword=sesame", "postgresql://b:sesame",
        ])
    func secrets(connectionString: String) throws {
        let configuration = ConnectionConfiguration(connectionString: connectionString)
        var dumped = ""
        dump(configuration, to: &dumped)
        let pool = PoolConfiguration(connection: configuration)
        dump(pool, to: &dumped)
        for text in ["\(configuration)", configuration.debugDescription, dumped, "\(pool)"] {
            #expect(!text.contains("sesame"))
        }
        do {
            _ = try configuration.keywords()
        } catch {
            #expect(!error.debugDescription.contains("sesame"))
        }
    }
}
