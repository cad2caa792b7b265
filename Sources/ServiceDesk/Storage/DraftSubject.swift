package import WorkflowCore

/// What a draft is of, of which everybody has one at most.
package enum DraftSubject: Sendable, Hashable {
    /// A new request of that type.
    case new(RequestTypeID)
    /// Something that somebody is about to do with a request.
    case part(RequestID, DraftPart)

    /// The request that exists already; nil for a new one.
    package var request: RequestID? {
        guard case .part(let request, _) = self else { return nil }
        return request
    }

    /// As it is stored: the type, or the request's identifier, a slash and the part. No type has a slash in its name.
    package var text: String {
        switch self {
        case .new(let type): type.text
        case .part(let request, let part): "\(request)/\(part)"
        }
    }

    /// Nil for a part that this release does not know.
    package init?(_ text: String) {
        let pieces = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard pieces.count == 2 else {
            self = .new(RequestTypeID(text))
            return
        }
        guard let request = RequestID(pieces[0]), let part = DraftPart(pieces[1]) else { return nil }
        self = .part(request, part)
    }
}

/// What of a request somebody is about to write.
package enum DraftPart: Sendable, Hashable, CustomStringConvertible {
    /// The form of a task.
    case completion(InstanceName)
    /// New answers to what was asked when it was raised.
    case amendment
    case comment

    /// As paths and rows name it: `complete:look`, `amend`, `comment`.
    package var description: String {
        switch self {
        case .completion(let instance): Self.completing + instance.description
        case .amendment: "amend"
        case .comment: "comment"
        }
    }

    package init?(_ text: String) {
        switch text {
        case "amend": self = .amendment
        case "comment": self = .comment
        default:
            guard text.hasPrefix(Self.completing),
                let name = InstanceName(String(text.dropFirst(Self.completing.count)))
            else { return nil }
            self = .completion(name)
        }
    }

    private static let completing = "complete:"
}
