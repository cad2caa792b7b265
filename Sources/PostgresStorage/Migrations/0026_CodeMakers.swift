internal import PostgresClient

extension Migration {
    /// Who could sign in as somebody because they alone made the code.
    static let codeMakers = Migration(
        number: 26, name: "code makers",
        script: """
            CREATE TABLE bureau.code_maker (
                person uuid NOT NULL CONSTRAINT code_maker_person_fkey REFERENCES bureau.person ON DELETE CASCADE,
                maker uuid NOT NULL CONSTRAINT code_maker_maker_fkey REFERENCES bureau.person ON DELETE CASCADE,
                PRIMARY KEY (person, maker)
            );
            COMMENT ON TABLE bureau.code_maker IS
                'Who alone, with no second person, made a code that the person''s password was set with. Until a code that an operator '
                'made or a second person confirmed is used, they may be who signs in.';
            CREATE INDEX code_maker_maker ON bureau.code_maker (maker);

            GRANT SELECT, INSERT, UPDATE, DELETE ON bureau.code_maker TO bureau_write;
            """)
}
