import Foundation
import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("Pictures of processes")
struct DrawingTests {
    private func configuration() throws -> Configuration {
        let bundle = try ConfigurationBundle.load(directory: Folders.configuration.path)
        return try #require(Compiler.compile(bundle, version: Fixtures.version).configuration)
    }

    @Test(
        "Every step of every shipped process stands once in its picture, and no box covers another",
        arguments: ["en", "de"])
    func boxes(language: String) throws {
        let configuration = try configuration()
        #expect(!configuration.requestTypes.isEmpty)
        for type in configuration.requestTypes.values {
            let picture = Drawing.picture(of: type, in: configuration, language: language)
            #expect(picture.boxes.compactMap(\.step).sorted() == type.index.all.map(\.id).sorted(), "\(type.id)")
            for (index, box) in picture.boxes.enumerated() {
                let frame = box.frame
                #expect(
                    frame.x >= 0 && frame.y >= 0 && frame.x + frame.width <= picture.width
                        && frame.y + frame.height <= picture.height, "\(type.id): \(box.step?.text ?? "lane")")
                for other in picture.boxes[(index + 1)...] where box.frame.overlaps(other.frame) {
                    // Only a frame lies below others, and then around all of them.
                    #expect(
                        box.frame.contains(other.frame),
                        "\(type.id): \(box.step?.text ?? ""), \(other.step?.text ?? "")")
                    #expect([.frame, .lane, .optional].contains(box.style))
                }
            }
        }
    }

    @Test("An end that may be skipped leads to the end of the picture; one that is always reached does not")
    func conditionalEnd() throws {
        for (condition, leads) in [("    when: bad\n", true), ("", false)] {
            let text = """
                title: Case
                audience: role:employee
                outcomes: {no: bad, done: good}
                form:
                  bad: {label: Bad, type: yes_no}
                steps:
                  - task: work
                    assign: team:hr
                    forever: true
                  - end: stop
                    after: work
                    outcome: done

                """
            let configuration = try #require(Fixtures.compile(requestType: text + condition).configuration)
            let type = try #require(configuration.requestTypes["hr.case"])
            let mermaid = Drawing.mermaid(of: type, in: configuration, language: "en")
            #expect(mermaid.contains("s_stop --> stop_") == leads)
            let picture = Drawing.picture(of: type, in: configuration, language: "en")
            #expect(picture.arrows.contains { $0.points.last?.x == picture.end.x - 9 } == leads)
        }
    }

    @Test("Arrows lead to the right, from a box to a box")
    func arrows() throws {
        let configuration = try configuration()
        for type in configuration.requestTypes.values {
            for arrow in Drawing.picture(of: type, in: configuration, language: "en").arrows {
                #expect(arrow.points.count >= 2)
                #expect(zip(arrow.points, arrow.points.dropFirst()).allSatisfy { $0.x <= $1.x }, "\(type.id)")
            }
        }
    }

    @Test("The net of every shipped process is sound: from wherever it comes, it can end, with one token in the sink")
    func soundness() throws {
        for type in try configuration().requestTypes.values {
            let net = PetriNet(of: type)
            #expect(
                Set(net.places.map(\.id) + net.transitions.map(\.id)).count == net.places.count + net.transitions.count)
            let exploration = NetExploration(net, atMost: 20_000)
            #expect(exploration.isComplete, "\(type.id)")
            #expect(exploration.stuck.isEmpty, "\(type.id): \(exploration.stuck)")
            #expect(exploration.dead.isEmpty, "\(type.id): \(exploration.dead)")
        }
    }

    @Test("A chapter that shares its columns with another stands in the boxes of its steps")
    func chapters() throws {
        let configuration = try configuration()
        let type = try #require(configuration.requestTypes["security.lost_device"])
        let picture = Drawing.picture(of: type, in: configuration, language: "en")
        let headers = Set(picture.headers.map(\.text))
        for step in type.steps {
            guard let stage = step.stage?.text(in: "en", fallbacks: []), !headers.contains(stage) else { continue }
            let box = try #require(picture.boxes.first { $0.step == step.id })
            #expect(box.texts.first?.text == stage, "\(step.id)")
        }
        let said = headers.union(picture.boxes.flatMap { $0.texts.map(\.text) })
        #expect(said.isSuperset(of: ["Search", "Containment", "Follow-up"]))
    }

    @Test("Texts are in the picture's language, escaped")
    func texts() throws {
        let configuration = try configuration()
        let type = try #require(configuration.requestTypes["hr.onboarding"])
        let german = Drawing.svg(of: type, in: configuration, language: "de")
        #expect(german.contains("lang=\"de\""))
        #expect(german.contains("Neue Kollegin oder neuer Kollege"))
        #expect(german.contains("Endet gut: Alles bereit"))
        for word in ["fällig: 3 Arbeitstage", "bis „Erster Arbeitstag“", "Ergebnis ist genehmigt", "nur wenn"] {
            #expect(german.contains(word), "\(word)")
        }
        for word in [" working ", " and ", " not ", " at 0", "otherwise", "only if", " until "] {
            #expect(!german.contains(word), "\(word)")
        }
        #expect(
            Drawing.svg(of: type, in: configuration, language: "en").contains(
                "<title id=\"title\">New colleague</title>"))
        let mermaid = Drawing.mermaid(of: type, in: configuration, language: "en")
        #expect(mermaid.hasPrefix("flowchart LR\n"))
        #expect(type.index.all.allSatisfy { mermaid.contains("s_\($0.id.text)") })
    }
}

/// All markings that a net can reach.
struct NetExploration {
    private(set) var isComplete = true
    /// Markings from which the end cannot be reached.
    private(set) var stuck: [[String]] = []
    /// Transitions that never fire.
    private(set) var dead: Set<String>

    init(_ net: PetriNet, atMost limit: Int) {
        typealias Marking = [String: Int]
        dead = Set(net.transitions.map(\.id))
        let start: Marking = [net.source: 1], end: Marking = [net.sink: 1]
        var known: [Marking: Int] = [start: 0]
        var order = [start]
        var before: [[Int]] = [[]]
        var next = 0
        while next < order.count {
            for transition in net.transitions where transition.inputs.allSatisfy({ order[next][$0] != nil }) {
                dead.remove(transition.id)
                var marking = order[next]
                for place in transition.inputs { marking[place] = marking[place] == 1 ? nil : marking[place]! - 1 }
                for place in transition.outputs { marking[place, default: 0] += 1 }
                if let index = known[marking] {
                    before[index].append(next)
                } else if order.count < limit {
                    known[marking] = order.count
                    order.append(marking)
                    before.append([next])
                } else {
                    isComplete = false
                }
            }
            next += 1
        }
        var canEnd: Set<Int> = []
        var open = known[end].map { [$0] } ?? []
        while let index = open.popLast() {
            if canEnd.insert(index).inserted { open += before[index] }
        }
        stuck = order.indices.filter { !canEnd.contains($0) }.map { order[$0].keys.sorted() }
    }
}
