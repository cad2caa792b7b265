internal import PostgresClient

extension Migration {
    /// What the entries of a draft were made for, so that a form that has changed since takes none of them for something else.
    static let draftKinds = Migration(
        number: 29, name: "draft_kinds",
        script: """
            ALTER TABLE bureau.draft ADD COLUMN kinds json NOT NULL DEFAULT '{}';
            COMMENT ON COLUMN bureau.draft.kinds IS
                'What the fields of the form asked for then, by path; empty where it was not noted yet.';
            """)
}
