/// What changed with the twelfth version: sessions leave the register when they are old.
extension RegisterSchema {
    /// The oldest sessions first.
    static let retention = ["CREATE INDEX documents_by_session ON documents (session_day, authority)"]
}
