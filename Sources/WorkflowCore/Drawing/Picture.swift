/// A process as a drawing: everything placed, in pixels from the top left corner. The same definitions give the same picture.
public struct Picture: Sendable {
    /// A point.
    public struct Point: Hashable, Sendable {
        /// From the left.
        public var x: Double
        /// From the top.
        public var y: Double
    }

    /// A rectangle.
    public struct Rectangle: Hashable, Sendable {
        /// Its left side.
        public var x: Double
        /// Its upper side.
        public var y: Double
        /// To the right; not negative.
        public var width: Double
        /// Downwards; not negative.
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

        /// What it says.
        public let text: String
        /// How it looks.
        public let style: Style
        /// Where its first letter stands, on the base line.
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
        /// How it looks.
        public let style: Style
        /// Its border.
        public var frame: Rectangle
        /// Its lines, from top to bottom.
        public var texts: [Text]
    }

    /// An arrow along points.
    public struct Arrow: Hashable, Sendable {
        /// At least two, each not to the left of the one before it.
        public var points: [Point]
    }

    /// A chapter above the steps that belong to it.
    public struct Header: Hashable, Sendable {
        /// What the chapter is called.
        public let text: String
        /// Where it stands.
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
    /// What leads from box to box.
    public let arrows: [Arrow]
    /// The chapters from left to right; empty when they cannot be told apart by columns.
    public let headers: [Header]
    /// Where the first arrows begin.
    public let start: Point
    /// Where the last arrows end.
    public let end: Point
    /// Of the whole picture.
    public let width: Double
    /// Of the whole picture.
    public let height: Double
}
