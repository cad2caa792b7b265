/// Writes random expressions that are well typed over the variables of `Onboarding`.
struct SoundExpressions {
    var generator: SplitMix
    private var locals: [(name: String, kind: Kind)] = []
    private var names = 0

    enum Kind: CaseIterable { case yesNo, whole, text, date, money, wholes, texts }

    init(_ generator: SplitMix) {
        self.generator = generator
    }

    /// An expression of a random type, so deep at most.
    mutating func next(depth: Int) -> String {
        expression(Kind.allCases.randomElement(using: &generator) ?? .text, depth)
    }

    private mutating func expression(_ kind: Kind, _ depth: Int) -> String {
        let known = locals.filter { $0.kind == kind }.map(\.name)
        if let name = known.randomElement(using: &generator), Bool.random(using: &generator) { return name }
        guard depth > 0 else { return leaf(kind) }
        if pick(12) == 0 {
            return
                "(\(expression(.yesNo, depth - 1)) ? \(expression(kind, depth - 1)) : \(expression(kind, depth - 1)))"
        }
        if pick(12) == 0 {
            let bound = Kind.allCases.randomElement(using: &generator) ?? .text
            let value = expression(bound, depth - 1)
            return binding(bound) { "cel.bind(\($1), \(value), \($0.expression(kind, depth - 1)))" }
        }
        switch kind {
        case .yesNo: return yesNo(depth - 1)
        case .whole: return whole(depth - 1)
        case .text: return text(depth - 1)
        case .date: return date(depth - 1)
        case .money: return money(depth - 1)
        case .wholes: return wholes(depth - 1)
        case .texts: return texts(depth - 1)
        }
    }

    private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

    private mutating func binding(_ kind: Kind, _ write: (inout SoundExpressions, String) -> String) -> String {
        names += 1
        let name = "v\(names)"
        locals.append((name, kind))
        defer { locals.removeLast() }
        return write(&self, name)
    }

    private mutating func leaf(_ kind: Kind) -> String {
        let leaves: [String] =
            switch kind {
            case .yesNo: ["privileged", "true", "false", "has(nickname)"]
            case .whole: ["count", "0", "1", "2", "-1", "7"]
            case .text: ["name", "string(site)", "\"\"", "\"ab\"", "\"äé🐱\"", "nickname.otherwise(\"x\")"]
            case .date: ["start", "today", "date(\"2024-02-29\")"]
            case .money: ["salary", "money(\"0.10 EUR\")"]
            case .wholes: ["[1].filter(n, false)", "[1, 2, 3]", "items.map(r, r.quantity)"]
            case .texts: ["[name]", "[name].filter(n, false)", "[\"a\", \"b\"]", "items.map(r, r.what)"]
            }
        return leaves.randomElement(using: &generator) ?? "count"
    }

    private mutating func yesNo(_ depth: Int) -> String {
        switch pick(13) {
        case 0: "(\(expression(.yesNo, depth)) and \(expression(.yesNo, depth)))"
        case 1: "(\(expression(.yesNo, depth)) or \(expression(.yesNo, depth)))"
        case 2: "not \(expression(.yesNo, depth))"
        case 3: "(\(expression(.text, depth)) == \(expression(.text, depth)))"
        case 4: "(\(expression(.whole, depth)) < \(expression(.whole, depth)))"
        case 5: "(\(expression(.text, depth)) in \(expression(.texts, depth)))"
        case 6: "(\(expression(.wholes, depth)) == \(expression(.wholes, depth)))"
        case 7: "\(expression(.text, depth)).contains(\(expression(.text, depth)))"
        case 8: "\(expression(.text, depth)).matches(\"^(a|b)*[0-9]{2,5}é?$\")"
        case 9: "\(expression(.text, depth)).matches(\(expression(.text, depth)))"
        case 10: quantified(.texts, .text, depth)
        case 11: quantified(.wholes, .whole, depth)
        default: "items.exists(r, r.price > \(expression(.money, depth)) or has(r.note))"
        }
    }

    private mutating func quantified(_ list: Kind, _ element: Kind, _ depth: Int) -> String {
        let operand = expression(list, depth)
        let macro = ["all", "exists", "exists_one"].randomElement(using: &generator) ?? "all"
        return binding(element) { "\(operand).\(macro)(\($1), \($0.expression(.yesNo, depth)))" }
    }

    private mutating func whole(_ depth: Int) -> String {
        switch pick(10) {
        case 0: "\(expression(.text, depth)).size()"
        case 1: "size(\(expression(.texts, depth)))"
        case 2: "(\(expression(.whole, depth)) + \(expression(.whole, depth)))"
        case 3: "(\(expression(.whole, depth)) * \(expression(.whole, depth)))"
        case 4: "sum(\(expression(.wholes, depth)))"
        case 5: "\(expression(.text, depth)).indexOf(\(expression(.text, depth)))"
        case 6: "days_between(\(expression(.date, depth)), \(expression(.date, depth)))"
        case 7: "working_days_between(\(expression(.date, depth)), \(expression(.date, depth)))"
        case 8: "math.greatest(\(expression(.whole, depth)), \(expression(.whole, depth)), 3)"
        default: "\(expression(.wholes, depth)).first().otherwise(\(expression(.whole, depth)))"
        }
    }

    private mutating func text(_ depth: Int) -> String {
        switch pick(11) {
        case 0, 1: "(\(expression(.text, depth)) + \(expression(.text, depth)))"
        case 2: "\(expression(.text, depth)).upperAscii()"
        case 3:
            "\(expression(.text, depth)).replace(\(expression(.text, depth)), \(expression(.text, depth)))"
        case 4: "\(expression(.text, depth)).substring(0)"
        case 5: "\(expression(.texts, depth)).join(\(expression(.text, depth)))"
        case 6:
            "\"%s, %d, %s\".format([\(expression(.text, depth)), \(expression(.whole, depth)), \(expression(.texts, depth))])"
        case 7: "string(\(expression([.whole, .text, .date, .money].randomElement(using: &generator) ?? .text, depth)))"
        case 8: "strings.quote(\(expression(.text, depth)))"
        case 9: "base64.encode(bytes(\(expression(.text, depth))))"
        default: "\(expression(.texts, depth)).last().orValue(\(expression(.text, depth)))"
        }
    }

    private mutating func date(_ depth: Int) -> String {
        switch pick(4) {
        case 0: "(\(expression(.date, depth)) + \(pick(500)) days)"
        case 1: "(\(expression(.date, depth)) - \(pick(40)) working days)"
        case 2: "max(\(expression(.date, depth)), \(expression(.date, depth)))"
        default: "(\(expression(.date, depth)) + \(expression(.whole, depth)) * 1 working day)"
        }
    }

    private mutating func money(_ depth: Int) -> String {
        switch pick(4) {
        case 0: "(\(expression(.money, depth)) * \(expression(.whole, depth)))"
        case 1: "(\(expression(.money, depth)) + \(expression(.money, depth)))"
        case 2: "sum(items.map(r, r.price * \(expression(.whole, depth))))"
        default: "round(\(expression(.money, depth)) * 0.5)"
        }
    }

    private mutating func wholes(_ depth: Int) -> String {
        switch pick(6) {
        case 0: "[\(expression(.whole, depth)), \(expression(.whole, depth))]"
        case 1: "(\(expression(.wholes, depth)) + \(expression(.wholes, depth)))"
        case 2: mapped(.texts, .text, to: .whole, depth)
        case 3: mapped(.wholes, .whole, to: .whole, depth)
        case 4: "\(expression(.wholes, depth)).sort()"
        default: filtered(.wholes, .whole, depth)
        }
    }

    private mutating func texts(_ depth: Int) -> String {
        switch pick(8) {
        case 0: "[\(expression(.text, depth)), \(expression(.text, depth))]"
        case 1: "(\(expression(.texts, depth)) + \(expression(.texts, depth)))"
        case 2: mapped(.texts, .text, to: .text, depth)
        case 3: mapped(.wholes, .whole, to: .text, depth)
        case 4: "\(expression(.text, depth)).split(\(expression(.text, depth)))"
        case 5: "\(expression(.texts, depth)).distinct()"
        case 6: "[\(expression(.texts, depth)), \(expression(.texts, depth))].flatten()"
        default: filtered(.texts, .text, depth)
        }
    }

    private mutating func mapped(_ list: Kind, _ element: Kind, to kind: Kind, _ depth: Int) -> String {
        let operand = expression(list, depth)
        return binding(element) { "\(operand).map(\($1), \($0.expression(kind, depth)))" }
    }

    private mutating func filtered(_ list: Kind, _ element: Kind, _ depth: Int) -> String {
        let operand = expression(list, depth)
        return binding(element) { "\(operand).filter(\($1), \($0.expression(.yesNo, depth)))" }
    }
}
