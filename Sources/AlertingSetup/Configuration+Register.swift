import Operations
import Register

extension Configuration {
    /// Where the register is: in the database of `store`, or in the data folder.
    public var registerPlace: RegisterPlace {
        store.map { .server($0) } ?? .folder(registerFolder)
    }
}
