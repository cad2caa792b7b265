internal import PostgresClient

extension Migration {
    /// Codes to set a password that take two people.
    static let invitations = Migration(
        number: 21, name: "invitations",
        script: """
            ALTER TABLE bureau.invitation ADD COLUMN invited_by uuid, ADD COLUMN confirmed_by uuid;
            COMMENT ON COLUMN bureau.invitation.invited_by IS 'Null: an operator, whom nobody needs to confirm.';
            COMMENT ON COLUMN bureau.invitation.confirmed_by IS
                'The second person, where it takes one to make the code good.';
            """)
}
