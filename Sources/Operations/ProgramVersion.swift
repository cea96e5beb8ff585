/// The version of this Greffier; all its programs have the same.
public enum ProgramVersion {
    /// The version, as in semantic versioning.
    public static let current = "0.1.0"
}
