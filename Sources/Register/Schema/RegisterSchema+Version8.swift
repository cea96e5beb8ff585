/// What changed with the eighth version: deadlines of a state are listed in the order of their days.
extension RegisterSchema {
    static let listing = ["CREATE INDEX deadlines_by_state ON deadlines (state, due, id)"]
}
