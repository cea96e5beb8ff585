import Deliberations
import Storage

extension RegistrationBatch {
    /// The row of an authority: by its SIREN, else by its name; made when there is none.
    ///
    /// A document without a SIREN belongs to the first authority of that name; one with a SIREN gives it to an authority
    /// of that name that has none yet.
    func authority(for authority: Authority) throws -> Int64 {
        let name = AuthorityName(name: authority.name, siren: authority.siren)
        if let known = authorities[name] { return known }
        let id = try find(authority)
        authorities[name] = id
        return id
    }

    private func find(_ authority: Authority) throws -> Int64 {
        let key = AuthorityKey(authority)
        if let siren = key.siren {
            let found = try sql.first("SELECT id FROM authorities WHERE siren = ? LIMIT 1", [.text(siren)]) {
                try $0.integer(0)
            }
            if let found { return found }
        }
        let named = try sql.query(
            "SELECT id, siren FROM authorities WHERE name_key = ? ORDER BY id", [.text(key.name)]
        ) { (id: try $0.integer(0), siren: try $0.optionalText(1)) }
        guard let siren = key.siren else { return try named.first?.id ?? insert(authority, key) }
        guard let adopted = named.first(where: { $0.siren == nil }) else { return try insert(authority, key) }
        try sql.enqueue("UPDATE authorities SET siren = ? WHERE id = ?", [.text(siren), .integer(adopted.id)])
        return adopted.id
    }

    private func insert(_ authority: Authority, _ key: AuthorityKey) throws -> Int64 {
        let id = numbers.next(.authority)
        try sql.enqueue(
            "INSERT INTO authorities (id, name_key, siren, name, kind, department) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .integer(id), .text(key.name), .init(key.siren), .text(authority.name), .text(authority.kind.rawValue),
                .init(authority.department),
            ])
        return id
    }
}

/// An authority as a document names it.
struct AuthorityName: Hashable {
    let name: String
    let siren: String?
}
