internal import PostgresClient

extension Migration {
    /// What a claim needs to see which messages of one request must not overtake each other.
    ///
    /// The common message, telling somebody, is in no such order and costs nothing here.
    static let deliveryOrder = Migration(
        number: 5, name: "delivery order",
        script: """
            CREATE INDEX outbox_order ON bureau.outbox (origin, id) WHERE kind IN ('raiseChild', 'reportToParent');
            """)
}
