/// What changed with the ninth version: documents are forgotten.
extension RegisterSchema {
    /// `forgotten_documents` are those that are not registered again. `spent_bodies` are bodies that no row of their document
    /// refers to any more; those with `erased` 1 are to leave their files.
    static let forgetting = [
        "CREATE TABLE forgotten_documents (document BYTEA NOT NULL PRIMARY KEY, at BIGINT NOT NULL)",
        """
        CREATE TABLE spent_bodies (reference TEXT NOT NULL PRIMARY KEY, document BYTEA NOT NULL, erased BIGINT NOT NULL)
        """,
        "CREATE INDEX spent_bodies_by_document ON spent_bodies (document)",
        "CREATE INDEX spent_bodies_to_erase ON spent_bodies (reference) WHERE erased = 1",
    ]
}
