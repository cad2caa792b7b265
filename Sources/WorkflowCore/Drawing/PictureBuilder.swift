/// Draws one request type.
struct PictureBuilder {
    let words: PictureWords
    /// The chapters that share columns with others, so that none can stand above them: their steps say where they belong.
    private var chaptersInBoxes: Set<String> = []
    private var boxes: [Picture.Box] = []
    private var arrows: [Picture.Arrow] = []

    static let titleSize = 14.0
    static let detailSize = 11.5
    private static let lineHeight = 16.0
    private static let padding = 12.0
    private static let textWidth = 190.0
    private static let laneGap = 10.0
    private static let margin = 28.0

    init(words: PictureWords) {
        self.words = words
    }

    /// A part of the drawing whose top left corner is at the origin.
    private struct Part {
        var boxes: [Picture.Box] = []
        var arrows: [Picture.Arrow] = []
        var width = 0.0
        var height = 0.0
        /// The members of the outermost order and the columns they stand in, for the headers.
        var columns: [Int] = []
        var spans: [(x: Double, width: Double)] = []
        var members: [Picture.Rectangle] = []

        mutating func add(_ part: Part, at point: Picture.Point) {
            for box in part.boxes {
                var box = box
                box.frame.x += point.x
                box.frame.y += point.y
                for index in box.texts.indices {
                    box.texts[index].at.x += point.x
                    box.texts[index].at.y += point.y
                }
                boxes.append(box)
            }
            for arrow in part.arrows {
                arrows.append(
                    Picture.Arrow(points: arrow.points.map { Picture.Point(x: $0.x + point.x, y: $0.y + point.y) }))
            }
        }
    }

    func picture() -> Picture {
        var process = order(words.type.steps)
        let shared = sharedChapters(of: process)
        if !shared.isEmpty {
            var builder = self
            builder.chaptersInBoxes = shared
            process = builder.order(words.type.steps)
        }
        let title = words.text(words.type.title)
        let subtitle = words.endings().map { "\($0.label): \($0.text)" }
        let top = Self.margin + 34 + Double(subtitle.count) * 18 + 12
        let headers = headers(of: process)
        let headerHeight = headers.isEmpty ? 0.0 : 34.0
        let origin = Picture.Point(x: Self.margin + 46, y: top + headerHeight)
        var whole = Part()
        whole.add(process, at: origin)
        let middle = origin.y + process.height / 2
        let start = Picture.Point(x: Self.margin + 8, y: middle)
        let end = Picture.Point(x: origin.x + process.width + 46, y: middle)
        let targets = Set(neighbours(words.type.steps).map(\.to)),
            sources = Set(neighbours(words.type.steps).map(\.from))
        for (index, member) in process.members.enumerated() {
            let left = Picture.Point(x: member.x + origin.x, y: member.y + origin.y + member.height / 2)
            if !targets.contains(index), process.columns[index] == 0 {
                whole.arrows.append(Picture.Arrow(points: [Picture.Point(x: start.x + 8, y: start.y), left]))
            }
            if !sources.contains(index), !isEnd(words.type.steps[index]) {
                // From an early column the arrow would cross what stands to the right; the last columns are enough to see the end.
                guard process.columns[index] == process.columns.max() else { continue }
                let right = Picture.Point(x: left.x + member.width, y: left.y)
                whole.arrows.append(Picture.Arrow(points: [right, Picture.Point(x: end.x - 9, y: end.y)]))
            }
        }
        let textWidth =
            ([TextMeasure.width(of: title, size: 20)]
            + subtitle.map { TextMeasure.width(of: $0, size: 12.5) } + [520]).max() ?? 0
        return Picture(
            title: title, subtitle: subtitle, language: words.language, boxes: whole.boxes, arrows: whole.arrows,
            headers: headers.map { text, x, width in
                Picture.Header(
                    text: text, frame: Picture.Rectangle(x: x + origin.x, y: top, width: width, height: 24))
            }, start: start, end: end,
            width: max(end.x + 10, textWidth + Self.margin) + Self.margin,
            height: origin.y + max(process.height, 24) + Self.margin + 34)
    }

    /// Whether nothing can come after it: an end that may be skipped is no such.
    private func isEnd(_ step: Step) -> Bool {
        if case .end = step.kind { step.when == nil } else { false }
    }

    /// A chapter stands above its columns when no other chapter has steps in the same columns.
    private func headers(of process: Part) -> [(String, Double, Double)] {
        let shared = sharedChapters(of: process)
        return chapters(of: process).filter { !shared.contains($0.text) }.map { range in
            let x = process.spans[range.first].x
            return (range.text, x, process.spans[range.last].x + process.spans[range.last].width - x)
        }
    }

    /// The chapters whose columns are also those of others.
    private func sharedChapters(of process: Part) -> Set<String> {
        let chapters = chapters(of: process)
        var shared: Set<String> = []
        for (index, one) in chapters.enumerated() {
            for other in chapters[..<index] where one.first <= other.last && other.first <= one.last {
                shared.formUnion([one.text, other.text])
            }
        }
        return shared
    }

    /// From which to which column each chapter goes, from left to right.
    private func chapters(of process: Part) -> [(text: String, first: Int, last: Int)] {
        var ranges: [(text: String, first: Int, last: Int)] = []
        for (index, step) in words.type.steps.enumerated() {
            guard let stage = step.stage.map(words.text) else { continue }
            let column = process.columns[index]
            if let known = ranges.firstIndex(where: { $0.text == stage }) {
                ranges[known].first = min(ranges[known].first, column)
                ranges[known].last = max(ranges[known].last, column)
            } else {
                ranges.append((stage, column, column))
            }
        }
        return ranges.sorted { $0.first < $1.first }
    }

    /// The arrows between the members of one order; those from elsewhere are words in the box.
    private func neighbours(_ steps: [Step]) -> [(from: Int, to: Int)] {
        let places = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1.id, $0) })
        return steps.enumerated().flatMap { index, step in
            step.after.compactMap { other in places[other].map { (from: $0, to: index) } }
        }
    }

    private func order(_ steps: [Step]) -> Part {
        let parts = steps.map(part)
        let arrows = neighbours(steps)
        let layout = GroupLayout(
            parts.map { GroupLayout.Member(width: $0.width, height: $0.height) }, arrows: arrows)
        var whole = Part(width: layout.width, height: layout.height)
        whole.columns = layout.columns
        whole.spans = layout.spans
        for (part, position) in zip(parts, layout.positions) {
            whole.add(part, at: position)
            whole.members.append(
                Picture.Rectangle(x: position.x, y: position.y, width: part.width, height: part.height))
        }
        for (arrow, bends) in zip(arrows, layout.bends) {
            let from = whole.members[arrow.from], to = whole.members[arrow.to]
            whole.arrows.append(
                Picture.Arrow(
                    points: [Picture.Point(x: from.x + from.width, y: from.y + from.height / 2)] + bends
                        + [Picture.Point(x: to.x, y: to.y + to.height / 2)]))
        }
        return whole
    }

    private func part(_ step: Step) -> Part {
        switch step.kind {
        case .task, .approval: leaf(step, .human)
        case .request: leaf(step, .child)
        case .call, .notify, .set, .wait: leaf(step, .automatic)
        case .end: leaf(step, .ending)
        case .block(let steps): frame(step, .frame, [order(steps)])
        case .repeat(let loop): frame(step, .frame, [order(loop.steps)])
        case .each(let each): frame(step, .frame, [order(each.steps)])
        case .race(let race): frame(step, .frame, race.branches.map(part))
        case .adhoc(let adhoc): frame(step, .optional, adhoc.templates.map(part))
        case .choose(let choose): frame(step, .frame, choose.cases.map { lane($0, of: choose) })
        }
    }

    private func lane(_ choice: ChooseCase, of choose: ChooseStep) -> Part {
        let inner = order(choice.steps)
        let given = choice.gives.map { words.given($0, by: choose) }
        let lines =
            [(words.caption(of: choice), Picture.Text.Style.kind)] + given.map { ($0, .detail) }
            + (choice.steps.isEmpty && given.isEmpty ? [(words.nothing(), .detail)] : [])
        return box(nil, .lane, lines, around: choice.steps.isEmpty ? [] : [inner])
    }

    private func leaf(_ step: Step, _ style: Picture.Box.Style) -> Part {
        box(step.id, style, captions(of: step), around: [])
    }

    private func frame(_ step: Step, _ style: Picture.Box.Style, _ parts: [Part]) -> Part {
        box(step.id, style, captions(of: step), around: parts)
    }

    private func captions(of step: Step) -> [(String, Picture.Text.Style)] {
        chapter(of: step) + [(words.title(of: step), .title)] + words.details(of: step).map { ($0, .detail) }
            + words.exceptions(of: step).map { ($0, .exception) }
    }

    private func chapter(of step: Step) -> [(String, Picture.Text.Style)] {
        guard let stage = step.stage.map(words.text), chaptersInBoxes.contains(stage) else { return [] }
        return [(stage, .kind)]
    }

    /// A box with its texts, and below them its parts one above the other.
    private func box(
        _ step: StepID?, _ style: Picture.Box.Style, _ captions: [(String, Picture.Text.Style)], around parts: [Part]
    ) -> Part {
        let inner = parts.map(\.width).max() ?? 0
        let room = max(Self.textWidth, inner)
        var texts: [Picture.Text] = []
        var y = Self.padding
        var widest = 0.0
        for (caption, look) in captions {
            // Bold letters are wider.
            let size = look == .title ? Self.titleSize * 1.12 : Self.detailSize
            // What tells the rows of a table apart stands at the end as often as at the beginning.
            let most = look == .kind ? Int.max : 5
            for line in TextMeasure.lines(of: caption, size: size, width: room, atMost: most) {
                texts.append(Picture.Text(text: line, style: look, at: Picture.Point(x: Self.padding, y: y + 12)))
                widest = max(widest, TextMeasure.width(of: line, size: size))
                y += Self.lineHeight
            }
        }
        let width = max(widest, inner, Self.textWidth) + 2 * Self.padding
        var whole = Part()
        for (index, part) in parts.enumerated() {
            y += index == 0 ? 6 : Self.laneGap
            whole.add(part, at: Picture.Point(x: Self.padding + (width - 2 * Self.padding - part.width) / 2, y: y))
            y += part.height
        }
        let frame = Picture.Rectangle(x: 0, y: 0, width: width, height: y + Self.padding)
        whole.boxes.insert(Picture.Box(step: step, style: style, frame: frame, texts: texts), at: 0)
        whole.width = width
        whole.height = frame.height
        return whole
    }
}
