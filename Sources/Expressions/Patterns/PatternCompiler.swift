/// Writes a pattern's program.
struct PatternCompiler {
    private var program: [Pattern.Instruction] = []
    /// Parts visited; repetitions of nothing write no instruction and must end too.
    private var visits = 0

    mutating func finish() throws(PatternError) -> [Pattern.Instruction] {
        try emit(.match)
        return program
    }

    private mutating func emit(_ instruction: Pattern.Instruction) throws(PatternError) {
        guard program.count < Pattern.maximumSize else { throw PatternError(message: "it is too large") }
        program.append(instruction)
    }

    mutating func add(_ node: PatternNode) throws(PatternError) {
        visits += 1
        guard visits <= Pattern.maximumSize * 4 else { throw PatternError(message: "it is too large") }
        switch node {
        case .empty: break
        case .scalars(let set): try emit(.scalars(set))
        case .assertion(let assertion): try emit(.assert(assertion))
        case .sequence(let nodes):
            for node in nodes { try add(node) }
        case .alternatives(let nodes): try addAlternatives(nodes)
        case .repetition(let node, let least, let most): try addRepetition(node, least, most)
        }
    }

    private mutating func addAlternatives(_ nodes: [PatternNode]) throws(PatternError) {
        var ends: [Int] = []
        for node in nodes.dropLast() {
            let split = program.count
            try emit(.split(split + 1, split + 1))
            try add(node)
            ends.append(program.count)
            try emit(.jump(0))
            program[split] = .split(split + 1, program.count)
        }
        if let last = nodes.last { try add(last) }
        for end in ends { program[end] = .jump(program.count) }
    }

    private mutating func addRepetition(_ node: PatternNode, _ least: Int, _ most: Int?) throws(PatternError) {
        for _ in 0..<least { try add(node) }
        guard let most else {
            let split = program.count
            try emit(.split(split + 1, split + 1))
            try add(node)
            try emit(.jump(split))
            program[split] = .split(split + 1, program.count)
            return
        }
        var splits: [Int] = []
        for _ in least..<max(most, least) {
            splits.append(program.count)
            try emit(.split(program.count + 1, 0))
            try add(node)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
    }
}
