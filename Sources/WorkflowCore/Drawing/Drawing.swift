/// Pictures of processes, for people and for other tools.
public enum Drawing {
    /// The process placed on a plane.
    ///
    /// - Parameter language: A language tag; the words of the picture itself are English or German.
    public static func picture(of type: RequestType, in configuration: Configuration, language: String) -> Picture {
        PictureBuilder(words: PictureWords(configuration: configuration, type: type, language: language)).picture()
    }

    /// The picture as SVG 1.1 (W3C), readable on light and dark backgrounds, with its words as text.
    public static func svg(of type: RequestType, in configuration: Configuration, language: String) -> String {
        let words = PictureWords(configuration: configuration, type: type, language: language)
        return SVGWriter(picture: PictureBuilder(words: words).picture(), legend: words.legend()).text()
    }

    /// The process as a Mermaid flowchart, for Markdown pages.
    public static func mermaid(of type: RequestType, in configuration: Configuration, language: String) -> String {
        MermaidWriter(words: PictureWords(configuration: configuration, type: type, language: language)).text()
    }

    /// The process as a Petri net in PNML (ISO/IEC 15909-2, place/transition nets), for tools that analyse nets.
    public static func pnml(of type: RequestType) -> String {
        PNMLWriter(net: PetriNet(of: type), name: type.id.text).text()
    }
}
