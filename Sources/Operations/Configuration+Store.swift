import Foundation
import PostgreSQL

extension Configuration {
    /// The database that queue and register are in, if they are in one.
    static func store(_ reader: inout SettingsReader, password: String?) -> PostgreSQLAddress? {
        guard let url = reader.text("store") else {
            if password != nil {
                reader.problem("storePasswordFile", "is the password of no database: set `store`, or remove it")
            }
            return nil
        }
        do {
            return try PostgreSQLAddress(url, password: password)
        } catch {
            reader.problem("store", "\(error)")
            return nil
        }
    }

    /// The password that a file holds.
    static func storePassword(_ reader: inout SettingsReader) -> String? {
        guard let path = reader.path("storePasswordFile") else { return nil }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let mode = attributes?[.posixPermissions] as? Int, let bytes = FileManager.default.contents(atPath: path)
        else {
            reader.problem("storePasswordFile", "\(path) cannot be read")
            return nil
        }
        if mode & 0o077 != 0 {
            reader.problem("storePasswordFile", "others may read \(path): run chmod 600 \(path)")
        }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}
