/// A process as a drawing: everything placed, in pixels from the top left corner. The same definitions give the same picture.
public struct Picture: Sendable {
    /// A point.
    public struct Point: Hashable, Sendable {
        public var x: Double
        public var y: Double
    }

    /// A rectangle.
    public struct Rectangle: Hashable, Sendable {
        public var x: Double
        public var y: Double
        public var width: Double
        public var height: Double

        /// Whether both have a common area; touching is none.
        public func overlaps(_ other: Rectangle) -> Bool {
            x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
        }

        /// Whether the other lies within.
        public func contains(_ other: Rectangle) -> Bool {
            x <= other.x && y <= other.y && other.x + other.width <= x + width && other.y + other.height <= y + height
        }
    }

    /// A line of text and where its first letter stands.
    public struct Text: Hashable, Sendable {
        /// How it looks.
        public enum Style: String, Hashable, Sendable {
            case heading, title, kind, detail, exception, stage
        }

        public let text: String
        public let style: Style
        public var at: Point
    }

    /// A step: a box, or a frame around other boxes.
    public struct Box: Hashable, Sendable {
        /// How it looks.
        public enum Style: String, Hashable, Sendable {
            /// People work here.
            case human
            /// Bureau works, or waits.
            case automatic
            /// Another request does the work.
            case child
            /// Steps inside.
            case frame
            /// One case of a choice, or one branch.
            case lane
            /// Steps that people may add.
            case optional
            /// The request ends here.
            case ending
        }

        /// The step; nil for a lane of a step.
        public let step: StepID?
        public let style: Style
        public var frame: Rectangle
        public var texts: [Text]
    }

    /// An arrow along points.
    public struct Arrow: Hashable, Sendable {
        public var points: [Point]
    }

    /// A chapter above the steps that belong to it.
    public struct Header: Hashable, Sendable {
        public let text: String
        public let frame: Rectangle
    }

    /// What it is called.
    public let title: String
    /// What stands below the title: how it may end.
    public let subtitle: [String]
    /// The language of its words.
    public let language: String
    /// A frame before what is inside it.
    public let boxes: [Box]
    public let arrows: [Arrow]
    public let headers: [Header]
    /// Where the first arrows begin.
    public let start: Point
    /// Where the last arrows end.
    public let end: Point
    public let width: Double
    public let height: Double
}
