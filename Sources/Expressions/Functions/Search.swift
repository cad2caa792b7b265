extension Array where Element: Equatable {
    /// Where a part begins in it, each place, overlapping ones too; an empty part is everywhere, the end included.
    ///
    /// Source: Knuth, Morris, Pratt (1977); linear time.
    func places(of part: [Element]) -> [Int] {
        guard !part.isEmpty else { return Array<Int>(0...count) }
        var border = [0]
        for index in 1..<Swift.max(part.count, 1) {
            var length = border[index - 1]
            while length > 0, part[index] != part[length] { length = border[length - 1] }
            border.append(part[index] == part[length] ? length + 1 : 0)
        }
        var places: [Int] = []
        var matched = 0
        for (index, element) in enumerated() {
            while matched > 0, part[matched] != element { matched = border[matched - 1] }
            if part[matched] == element { matched += 1 }
            if matched == part.count {
                places.append(index + 1 - matched)
                matched = border[matched - 1]
            }
        }
        return places
    }

    /// Where a part begins, from the left, without overlaps, so many times at most.
    func separated(by part: [Element], atMost limit: Int) -> [Int] {
        var places: [Int] = []
        for place in self.places(of: part) {
            guard places.count < limit else { break }
            if let last = places.last, place < last + part.count { continue }
            places.append(place)
        }
        return places
    }
}
