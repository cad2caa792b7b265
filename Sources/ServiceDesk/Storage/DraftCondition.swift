package import Expressions

/// Which draft of a type may be replaced or forgotten. Where there is none, nothing is in the way.
package enum DraftCondition: Sendable, Hashable {
    /// Whichever there is.
    case any
    /// The one that is going to be sent with that idempotency key.
    case key(String)
    /// The one of that version, as somebody saw it, or one that the same page has kept since: what a page sent while its answer was
    /// still on the way is no other draft. None that there is where both are nil.
    case seen(version: Int?, page: String?)

    /// The page that keeps another in its place; nil for none.
    package var page: String? {
        guard case .seen(_, let page) = self else { return nil }
        return page
    }

    package var key: String? {
        guard case .key(let key) = self else { return nil }
        return key
    }

    /// When the draft was kept that somebody saw.
    package var moment: Instant? {
        guard case .seen(let version?, _) = self else { return nil }
        return Instant(draftVersion: version)
    }
}

extension Instant {
    /// The version of a draft that was kept at this moment: microseconds since 1970.
    package var draftVersion: Int { Int(microseconds) }

    /// - Parameter version: Also one that no draft has.
    init(draftVersion version: Int) {
        self.init(microseconds: Int64(version))
    }
}
