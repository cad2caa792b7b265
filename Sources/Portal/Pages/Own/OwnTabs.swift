import ServiceDesk
import WorkflowCore

/// The pages about oneself.
enum OwnPage: CaseIterable, Sendable {
    case profile, notifications, deputies, tokens

    var address: String {
        switch self {
        case .profile: "/profile"
        case .notifications: "/notifications"
        case .deputies: "/profile/deputies"
        case .tokens: "/profile/tokens"
        }
    }

    private func words(_ texts: Texts) -> String {
        switch self {
        case .profile: texts[.profile]
        case .notifications: texts[.notifications]
        case .deputies: texts[.deputies]
        case .tokens: texts[.tokens]
        }
    }

    func tabs(_ texts: Texts) -> TabsModel {
        TabsModel(
            label: texts[.profile],
            tabs: Self.allCases.map {
                FilterModel(address: $0.address, text: $0.words(texts), isCurrent: $0 == self)
            })
    }
}
