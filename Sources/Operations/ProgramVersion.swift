/// The version of this Greffier; all its programs have the same.
public enum ProgramVersion {
    /// The version, as in semantic versioning: the release, and for a package the time and the number of its commit.
    public static let current = "0.1.0" + build
}
