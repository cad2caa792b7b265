internal import PostgresClient

extension Migration {
    /// Which page keeps a draft, so that another window or device takes its place only when somebody wants that.
    static let draftPages = Migration(
        number: 28, name: "draft_pages",
        script: """
            ALTER TABLE bureau.draft ADD COLUMN page text COLLATE "C";
            COMMENT ON COLUMN bureau.draft.page IS
                'The page that kept it last, as it calls itself, which goes on with it; NULL for none.';
            """)
}
