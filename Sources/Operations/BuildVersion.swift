extension ProgramVersion {
    /// What tells builds of one release apart: `deploy/package` writes the commit here for as long as it builds.
    static let build = ""
}
