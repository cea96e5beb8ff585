extension String {
    /// `parts` one after the other, copied into memory that is taken once: interpolation and `+` take some for each part.
    init(joining parts: String...) {
        let size = parts.reduce(0) { $0 + $1.utf8.count }
        self.init(unsafeUninitializedCapacity: size) { bytes in
            var end = 0
            for var part in parts {
                part.withUTF8 { end = bytes[end...].update(fromContentsOf: $0) }
            }
            return end
        }
    }
}
