/// A process in words, for those who cannot see its picture and for those who would rather read.
public struct ProcessWords: Sendable {
    /// One step.
    public struct Step: Sendable {
        /// Unique in its request type.
        public let id: StepID
        /// How many steps it stands in.
        public let depth: Int
        /// What people read.
        public let title: String
        /// What it does, who does it, and when; each a phrase.
        public let details: [String]
        /// What happens when it does not go as it should; each a phrase.
        public let exceptions: [String]
    }

    /// A way to end.
    public struct Ending: Sendable {
        /// `Ends well`, `Or else`, `May be cancelled by`.
        public let label: String
        /// Outcomes, or people.
        public let text: String
    }

    /// How it may end, and who may cancel it.
    public let endings: [Ending]
    /// In the order of the file, a step before those inside it.
    public let steps: [Step]
    /// Who may raise it; empty for nobody.
    public let audience: String
    /// Who may raise it for somebody else; empty for nobody.
    public let onBehalf: String
    /// Who alone sees its requests; empty when it is not confidential.
    public let confidants: String

    /// The fields that name whom its requests are kept from; empty for none.
    public let hiddenFrom: String

    init(_ type: RequestType, _ words: PictureWords) {
        endings = words.endings()
        audience = words.people(type.audience)
        onBehalf = words.people(type.onBehalf ?? [])
        confidants = words.people(type.confidential ?? [])
        hiddenFrom = type.hiddenFrom.compactMap { type.form[$0] }.map { words.text($0.label) }.joined(separator: ", ")
        var steps: [Step] = []
        func add(_ step: WorkflowCore.Step, _ depth: Int) {
            steps.append(
                Step(
                    id: step.id, depth: depth, title: words.title(of: step), details: words.details(of: step),
                    exceptions: words.exceptions(of: step)))
            for inner in step.kind.inner { add(inner, depth + 1) }
        }
        for step in type.steps { add(step, 0) }
        self.steps = steps
    }
}

extension Drawing {
    /// The process in words, English or German.
    ///
    /// - Parameter language: A language tag.
    public static func words(
        of type: RequestType, in configuration: Configuration, language: String
    ) -> ProcessWords {
        ProcessWords(type, PictureWords(configuration: configuration, type: type, language: language))
    }

    /// By what a step is due, in the same words: `last day at 17:00`; nil for one that is never due.
    public static func due(
        of step: StepID, in type: RequestType, _ configuration: Configuration, language: String
    ) -> String? {
        let words = PictureWords(configuration: configuration, type: type, language: language)
        return type.index[step]?.due.map { words.words($0) }
    }
}
