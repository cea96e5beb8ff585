/// What changed with the twelfth version: sessions leave the register when they are old, and deadlines are computed anew.
extension RegisterSchema {
    /// The oldest sessions are looked for first; a document that leaves, or is computed anew, takes its deadlines with it.
    static let retention = [
        "CREATE INDEX documents_by_session ON documents (session_day, authority)",
        "CREATE INDEX deadlines_by_source ON deadlines (source)",
        "CREATE INDEX answered_mails_by_deadline ON answered_mails (deadline)",
        "CREATE INDEX digest_items_by_document ON digest_items (document)",
    ]
}
