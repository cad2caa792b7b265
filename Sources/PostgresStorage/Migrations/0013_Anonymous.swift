internal import PostgresClient

extension Migration {
    /// Requests whose requester nobody knows, and the receipts with which they are followed.
    static let anonymous = Migration(
        number: 13, name: "anonymous",
        script: """
            ALTER TABLE bureau.request ALTER COLUMN requester DROP NOT NULL, ALTER COLUMN beneficiary DROP NOT NULL,
                ADD CONSTRAINT request_anonymous_whole CHECK ((requester IS NULL) = (beneficiary IS NULL));
            COMMENT ON COLUMN bureau.request.requester IS
                'Who asked; null when nobody knows who. Such a request is for nobody either.';

            CREATE TABLE bureau.receipt (
                digest bytea PRIMARY KEY,
                request_id uuid NOT NULL CONSTRAINT receipt_request UNIQUE,
                CONSTRAINT receipt_digest_length CHECK (octet_length(digest) = 32)
            );
            COMMENT ON TABLE bureau.receipt IS
                'By the SHA-256 of the receipt that an anonymous requester got: which request they may follow. The receipt '
                'itself is stored nowhere, and neither is when or from where it was shown.';
            GRANT SELECT, INSERT ON bureau.receipt TO bureau_write;
            """)
}
