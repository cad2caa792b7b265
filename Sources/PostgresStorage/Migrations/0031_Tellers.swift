internal import PostgresClient

extension Migration {
    /// Who tells of outside events, so that nobody decides by one what they may not see; and what is said of makers of codes.
    static let tellers = Migration(
        number: 31, name: "tellers",
        script: """
            ALTER TABLE bureau.outside_event
                ADD COLUMN teller uuid,
                ADD COLUMN parties text[] COLLATE "C" NOT NULL DEFAULT '{}',
                ADD COLUMN types text[] COLLATE "C" NOT NULL DEFAULT '{}';
            COMMENT ON COLUMN bureau.outside_event.parties IS
                'To whom the teller belongs: of what is confidential or restricted only requests that one of these sees take it.';
            COMMENT ON COLUMN bureau.outside_event.types IS
                'Types whose requests take it also where they are restricted.';
            COMMENT ON TABLE bureau.code_maker IS
                'Who made a code that the person''s password was set with: until a code that an operator made is used, they may be who '
                'signs in.';
            """)
}
