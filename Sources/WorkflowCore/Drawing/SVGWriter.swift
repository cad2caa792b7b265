/// Writes a picture as SVG.
struct SVGWriter {
    let picture: Picture
    let legend: [(Picture.Box.Style, String)]

    func text() -> String {
        var lines = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(n(picture.width))" height="\(n(picture.height))" \
            viewBox="0 0 \(n(picture.width)) \(n(picture.height))" role="img" lang="\(escaped(picture.language))" \
            aria-labelledby="title" aria-describedby="description">
            """,
            "<title id=\"title\">\(escaped(picture.title))</title>",
            "<desc id=\"description\">\(escaped(description))</desc>",
            "<style>\(Self.style)</style>",
            """
            <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">\
            <path class="head" d="M0 0L8 4L0 8z"/></marker></defs>
            """,
            "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>",
            "<text class=\"heading\" x=\"28\" y=\"46\">\(escaped(picture.title))</text>",
        ]
        for (index, line) in picture.subtitle.enumerated() {
            lines.append(
                "<text class=\"subtitle\" x=\"28\" y=\"\(n(68 + Double(index) * 18))\">\(escaped(line))</text>")
        }
        for header in picture.headers { lines += chapter(header) }
        lines += picture.boxes.map(box)
        lines += picture.arrows.map(arrow)
        lines.append("<circle class=\"start\" cx=\"\(n(picture.start.x))\" cy=\"\(n(picture.start.y))\" r=\"8\"/>")
        lines.append("<circle class=\"stop\" cx=\"\(n(picture.end.x))\" cy=\"\(n(picture.end.y))\" r=\"8\"/>")
        lines += key()
        lines.append("</svg>")
        return lines.joined(separator: "\n") + "\n"
    }

    /// What a screen reader says: the steps in the order of the file.
    private var description: String {
        let titles = picture.boxes.compactMap { box in
            box.step == nil ? nil : box.texts.filter { $0.style == .title }.map(\.text).joined(separator: " ")
        }
        return (picture.subtitle + [titles.joined(separator: ", ")]).joined(separator: ". ")
    }

    private func chapter(_ header: Picture.Header) -> [String] {
        let frame = header.frame
        return [
            """
            <path class="chapter" d="M\(n(frame.x)) \(n(frame.y + 22))H\(n(frame.x + frame.width))"/>
            """,
            "<text class=\"stage\" x=\"\(n(frame.x))\" y=\"\(n(frame.y + 14))\">\(escaped(header.text))</text>",
        ]
    }

    private func box(_ box: Picture.Box) -> String {
        let frame = box.frame
        let radius = box.style == .ending ? 18 : 8
        var text = "<g class=\"\(box.style.rawValue)\"" + (box.step.map { " data-step=\"\(escaped($0.text))\"" } ?? "")
        text += """
            ><rect x="\(n(frame.x))" y="\(n(frame.y))" width="\(n(frame.width))" height="\(n(frame.height))" rx="\(radius)"/>
            """
        for line in box.texts {
            text +=
                "<text class=\"\(line.style.rawValue)\" x=\"\(n(line.at.x))\" y=\"\(n(line.at.y))\">\(escaped(line.text))</text>"
        }
        return text + "</g>"
    }

    /// Straight where it passes columns, a soft curve between them.
    private func arrow(_ arrow: Picture.Arrow) -> String {
        guard let first = arrow.points.first else { return "" }
        var path = "M\(n(first.x)) \(n(first.y))"
        var last = first
        for point in arrow.points.dropFirst() {
            if point.y == last.y {
                path += "H\(n(point.x))"
            } else {
                let middle = (last.x + point.x) / 2
                path += "C\(n(middle)) \(n(last.y)) \(n(middle)) \(n(point.y)) \(n(point.x)) \(n(point.y))"
            }
            last = point
        }
        return "<path class=\"arrow\" marker-end=\"url(#head)\" d=\"\(path)\"/>"
    }

    private func key() -> [String] {
        var x = 28.0
        let y = picture.height - 30
        return legend.flatMap { style, text -> [String] in
            defer { x += 40 + TextMeasure.width(of: text, size: PictureBuilder.detailSize) }
            return [
                "<g class=\"\(style.rawValue)\"><rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"16\" height=\"12\" rx=\"3\"/></g>",
                "<text class=\"detail\" x=\"\(n(x + 22))\" y=\"\(n(y + 10))\">\(escaped(text))</text>",
            ]
        }
    }

    /// A number with at most one decimal.
    private func n(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
    }

    private func escaped(_ text: String) -> String { text.escapedForXML }

    private static let style = """
        text{font:11.5px system-ui,"Segoe UI","Helvetica Neue",Arial,sans-serif;fill:#1d2430}\
        .heading{font-size:20px;font-weight:600}.subtitle{font-size:12.5px;fill:#4a5568}\
        .title{font-size:14px;font-weight:600}.kind{font-weight:600}.detail{fill:#3c4656}.exception{fill:#8a3b12;font-style:italic}\
        .stage{font-size:12.5px;font-weight:600;fill:#31517d}.chapter{stroke:#31517d;stroke-width:2}\
        .paper{fill:#fff}rect{stroke-width:1.2}\
        .human rect{fill:#e8f1fd;stroke:#3b74b9}.child rect{fill:#e9f7ee;stroke:#2f855a}.automatic rect{fill:#f3f0fa;stroke:#6b56a5}\
        .frame rect{fill:none;stroke:#8793a5}.lane rect{fill:#f7f8fa;stroke:#c3cad5}\
        .optional rect{fill:none;stroke:#8793a5;stroke-dasharray:6 4}.ending rect{fill:#fdecea;stroke:#b3392c}\
        .arrow{fill:none;stroke:#5a6678;stroke-width:1.4}.head{fill:#5a6678}.start{fill:#2f855a}.stop{fill:#fff;stroke:#2f855a;stroke-width:4}\
        @media(prefers-color-scheme:dark){text{fill:#e6eaf0}.subtitle,.detail{fill:#b4bfcd}.exception{fill:#f0a57a}.stage{fill:#9cc1f0}\
        .paper{fill:#161b22}.human rect{fill:#1b2d45}.child rect{fill:#17352a}.automatic rect{fill:#2a2440}.lane rect{fill:#1d232c;stroke:#48546a}\
        .ending rect{fill:#45201c}.stop{fill:#161b22}}
        """
}

extension String {
    /// The text as XML character data or attribute value; what XML 1.0 does not allow is left out.
    var escapedForXML: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "\t", "\n", "\r": text.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: break
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
