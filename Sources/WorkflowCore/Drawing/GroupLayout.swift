/// Places the members of one partial order in columns: what has to wait stands to the right of what it waits for.
///
/// A layered drawing after Sugiyama, Tagawa and Toda (1981): longest-path layers, places reserved for arrows that pass a column, and
/// a few sweeps that put each member near the middle of its neighbours.
struct GroupLayout {
    /// One member.
    struct Member {
        let width: Double
        let height: Double
    }

    /// Where each member's top left corner is, in the order of the members.
    private(set) var positions: [Picture.Point] = []
    /// The points at which each arrow passes the columns between its ends, in the order of the arrows.
    private(set) var bends: [[Picture.Point]] = []
    /// The column of each member, from 0.
    private(set) var columns: [Int]
    /// Where each column begins and how wide it is.
    private(set) var spans: [(x: Double, width: Double)] = []
    private(set) var width = 0.0
    private(set) var height = 0.0

    private static let columnGap = 46.0
    private static let rowGap = 18.0
    private static let passage = 10.0

    /// Arrows go from a member to a later one; the relation is acyclic (what is not is ignored).
    init(_ members: [Member], arrows: [(from: Int, to: Int)]) {
        columns = Self.layers(members.count, arrows)
        var nodes = members
        var column = columns
        var links: [(from: Int, to: Int)] = []
        var passages: [[Int]] = []
        for arrow in arrows {
            var chain: [Int] = []
            var last = arrow.from
            if column[arrow.to] > column[arrow.from] + 1 {
                for layer in (column[arrow.from] + 1)..<column[arrow.to] {
                    nodes.append(Member(width: 0, height: Self.passage))
                    column.append(layer)
                    chain.append(nodes.count - 1)
                    links.append((last, nodes.count - 1))
                    last = nodes.count - 1
                }
            }
            links.append((last, arrow.to))
            passages.append(chain)
        }
        let order = Self.order(nodes.count, column, links)
        let points = place(nodes, order)
        positions = Array(points.prefix(members.count))
        bends = passages.map { chain in
            chain.flatMap { node -> [Picture.Point] in
                let span = spans[column[node]]
                let y = points[node].y + Self.passage / 2
                return [Picture.Point(x: span.x, y: y), Picture.Point(x: span.x + span.width, y: y)]
            }
        }
    }

    private static func layers(_ count: Int, _ arrows: [(from: Int, to: Int)]) -> [Int] {
        var layer = Array(repeating: 0, count: count)
        // As many rounds as there are members settle every acyclic relation.
        for _ in 0..<max(1, count) {
            var isSettled = true
            for arrow in arrows where layer[arrow.to] < layer[arrow.from] + 1 && layer[arrow.from] + 1 < count {
                layer[arrow.to] = layer[arrow.from] + 1
                isSettled = false
            }
            if isSettled { break }
        }
        return layer
    }

    /// The nodes of each column from top to bottom.
    private static func order(_ count: Int, _ column: [Int], _ links: [(from: Int, to: Int)]) -> [[Int]] {
        var order = Array(repeating: [Int](), count: (column.max() ?? -1) + 1)
        for node in 0..<count { order[column[node]].append(node) }
        var place = Array(repeating: 0.0, count: count)
        func number() {
            for nodes in order { for (index, node) in nodes.enumerated() { place[node] = Double(index) } }
        }
        number()
        var before = Array(repeating: [Int](), count: count)
        var behind = before
        for link in links {
            before[link.to].append(link.from)
            behind[link.from].append(link.to)
        }
        for sweep in 0..<6 {
            let neighbours = sweep.isMultiple(of: 2) ? before : behind
            for layer in sweep.isMultiple(of: 2) ? Array(order.indices) : order.indices.reversed() {
                let wish = order[layer].map { node -> (Int, Double) in
                    let near = neighbours[node].map { place[$0] }
                    return (node, near.isEmpty ? place[node] : near.reduce(0, +) / Double(near.count))
                }
                order[layer] = wish.enumerated().sorted {
                    ($0.element.1, $0.offset) < ($1.element.1, $1.offset)
                }.map(\.element.0)
                for (index, node) in order[layer].enumerated() { place[node] = Double(index) }
            }
        }
        return order
    }

    private mutating func place(_ nodes: [Member], _ order: [[Int]]) -> [Picture.Point] {
        var points = Array(repeating: Picture.Point(x: 0, y: 0), count: nodes.count)
        let heights = order.map { column in
            column.reduce(0) { $0 + nodes[$1].height } + Self.rowGap * Double(max(0, column.count - 1))
        }
        height = heights.max() ?? 0
        var x = 0.0
        for (column, members) in order.enumerated() {
            let wide = members.map { nodes[$0].width }.max() ?? 0
            spans.append((x, wide))
            var y = (height - heights[column]) / 2
            for node in members {
                points[node] = Picture.Point(x: x + (wide - nodes[node].width) / 2, y: y)
                y += nodes[node].height + Self.rowGap
            }
            x += wide + Self.columnGap
        }
        width = max(0, x - Self.columnGap)
        return points
    }
}
