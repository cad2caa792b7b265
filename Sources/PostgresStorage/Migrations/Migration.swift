package import PostgresClient

/// A step of the schema's history: numbered, forward-only, never changed once released.
///
/// A daemon of the release before may still be running while it is applied, so a migration only adds; what is no longer
/// used goes away one release later.
package struct Migration: Sendable {
    /// Its place in the history, from 1, without gaps.
    package let number: Int
    /// What it is about, in a word or two.
    package let name: String
    /// Statements that run in one transaction, as the owner of the schema.
    package let script: SQL

    package init(number: Int, name: String, script: SQL) {
        self.number = number
        self.name = name
        self.script = script
    }

    /// The whole history, in order.
    package static let all: [Migration] = [
        requests, work, people, configuration, deliveryOrder, outside, audit, deputies, identity,
        serviceAccounts, sessions, tokenScopes, anonymous, notifications, erasure, wall,
        attachments, accounts, search, breakGlass, invitations, wallCosts, contributions,
        preferences, hidden, codeMakers, drafts, draftPages, draftKinds, requestDrafts, tellers,
    ]
}
