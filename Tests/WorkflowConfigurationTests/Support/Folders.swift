import Foundation

/// Places beside this file and in the project.
enum Folders {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    static let corpus = tests.appending(path: "Corpus")
    static let project = tests.deletingLastPathComponent().deletingLastPathComponent()
    static let configuration = project.appending(path: "Config")
}
