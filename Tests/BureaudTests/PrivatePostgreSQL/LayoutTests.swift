import Testing

@testable import bureaud

@Suite struct LayoutTests {
    @Test("The socket lies in the data directory while its path fits")
    func near() {
        #expect(DataLayout(directory: "/var/lib/bureau").socketDirectory(isRoot: true) == "/var/lib/bureau/run")
    }

    @Test("The longest path that fits is used, one byte more is not")
    func limit() {
        let rest = "/run/.s.PGSQL.5432".utf8.count
        let fitting = "/" + String(repeating: "d", count: DataLayout.longestSocketPath - rest - 1)
        #expect(DataLayout(directory: fitting).socketDirectory(isRoot: false) == fitting + "/run")
        let short = DataLayout(directory: fitting + "d").socketDirectory(isRoot: false)
        #expect(short.hasPrefix("/tmp/bureau-"))
        #expect(DataLayout(directory: fitting + "d").socketDirectory(isRoot: true).hasPrefix("/run/bureau-"))
    }

    @Test("A long path's socket directory is the same every time and another for another path")
    func stable() {
        let long = "/" + String(repeating: "a", count: 120)
        let first = DataLayout(directory: long).socketDirectory(isRoot: false)
        #expect(DataLayout(directory: long).socketDirectory(isRoot: false) == first)
        #expect(DataLayout(directory: long + "b").socketDirectory(isRoot: false) != first)
    }

    @Test("A postmaster's file is read, a half written one is not")
    func postmasterFile() {
        let text = "4711\n/data\n1700000000\n5432\n/run/x\n\n  12345 6\nready   \n"
        let running = RunningPostmaster(pidFile: text)
        #expect(running?.process == 4711)
        #expect(running?.socketDirectory == "/run/x")
        #expect(running?.port == 5432)
        #expect(RunningPostmaster(pidFile: "4711\n/data\n17") == nil)
        #expect(RunningPostmaster(pidFile: "-1\n/data\n1\n5432\n/run/x\n") == nil)
        #expect(RunningPostmaster(pidFile: "") == nil)
    }

    @Test("Connection strings and settings quote what a path may hold")
    func quoting() {
        let address = ServerAddress(socketDirectory: "/a b/it's", port: 5432)
        #expect(address.connectionString(as: .read) == #"host='/a b/it\'s' port=5432 user=bureau_read dbname=bureau"#)
        #expect(ClusterFiles.quoted(#"/it's\x"#) == #"'/it''s\\x'"#)
    }

    @Test("Each account may take each role, once")
    func identities() {
        let text = ClusterFiles.identities(of: ["root", "postgres", "root"])
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines.count == 8)
        #expect(lines.contains(#"bureau "root" bureau_write"#))
    }
}
