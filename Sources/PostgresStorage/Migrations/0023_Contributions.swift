internal import PostgresClient

extension Migration {
    /// Who wrote something into a request, for the day on which they are erased.
    static let contributions = Migration(
        number: 23, name: "contributions",
        script: """
            -- The kinds with words of whoever acted, see Contribution.kinds; most events have none, so that few rows stand in it.
            CREATE INDEX event_contribution ON bureau.event (principal, request_id)
            WHERE kind IN ('cancel_requested', 'change_held', 'changed', 'commented', 'completed', 'element_added', 'kept',
                'noted', 'raised', 'rated', 'received', 'reopened', 'restricted', 'unrestricted', 'voted');
            """)
}
