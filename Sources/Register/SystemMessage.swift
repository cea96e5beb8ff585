import Foundation

/// What the operating system calls an error.
func systemMessage(_ code: Int32) -> String {
    String(cString: strerror(code))
}
