import Foundation

/// The operating system's text for an error number.
func systemMessage(_ number: Int32) -> String {
    number == 0 ? "input/output error" : String(cString: strerror(number))
}
