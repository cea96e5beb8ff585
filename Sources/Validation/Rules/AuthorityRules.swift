import Deliberations

/// The authority is known with its kind and department: on these most rules of law depend.
struct AuthorityIdentified: DocumentRule {
    let description = RuleDescription(
        "doc-authority-identified", .error, "La collectivité est identifiée, avec sa nature et son département.")

    func check(_ review: Review) -> Verdict {
        let authority = review.extract.authority
        if authority.name.isEmpty { return .indeterminate("nom de la collectivité") }
        if FoldedName(authority.name).isEmpty {
            return .remark(
                "Collectivité non identifiée\u{A0}: \(French.quoted(authority.name)).",
                [.fact("/authority/name"), .fact("/session/date")])
        }
        if authority.kind == .other { return .indeterminate("nature de la collectivité") }
        return review.department == nil ? .indeterminate("département de la collectivité") : .ok
    }
}

/// Each commune of the lists is written as its official name; the names come from the configuration of the authority.
struct CommuneUnknown: DocumentRule {
    let description = RuleDescription(
        "att-commune-unknown", .info, "Chaque commune est écrite sous son nom officiel.",
        scope: "EPCI et syndicats, avec la liste des communes membres")

    func check(_ review: Review) -> Verdict {
        guard [.epci, .syndicat].contains(review.extract.authority.kind) else {
            return .notApplicable("pas un EPCI ni un syndicat")
        }
        if !Self.namesLocalities(review.extract.attendance) { return .notApplicable("listes sans communes") }
        let official = review.parameters.memberCommunes
        if official.isEmpty { return .indeterminate("noms officiels des communes membres") }
        let localities = Self.localities(review)
        let exact = Set(official)
        let unlike = localities.filter { !exact.contains($0.name) }
        if unlike.isEmpty { return .ok }
        let plain = Set(official.map(Self.plain))
        let folded = official.map { (name: $0, bytes: FoldedName($0).bytes) }
        return .remarksOrOK(
            unlike.compactMap { name, pointer in
                if plain.contains(Self.plain(name)) { return nil }
                let bytes = FoldedName(name).bytes
                let near = folded.compactMap { commune in
                    EditDistance.between(bytes, commune.bytes, atMost: 3).map { (commune.name, $0) }
                }
                let nearest = near.min { $0.1 < $1.1 }?.0
                let cure = nearest.map { "nom officiel \(French.quoted($0))" } ?? "inconnue des communes membres"
                return Remark("Commune \(French.quoted(name))\u{A0}: \(cure).", [.fact(pointer)])
            })
    }

    private static func namesLocalities(_ attendance: Attendance) -> Bool {
        [attendance.present, attendance.absent].contains { $0?.contains { $0.locality != nil } ?? false }
    }

    /// Each locality of the lists once, with the first member that bears it.
    private static func localities(_ review: Review) -> [(name: String, pointer: String)] {
        var seen: Set<String> = []
        var localities: [(String, String)] = []
        let attendance = review.extract.attendance
        for (list, members) in [("present", attendance.present ?? []), ("absent", attendance.absent ?? [])] {
            for (line, member) in members.enumerated() {
                guard let name = member.locality, seen.insert(name).inserted else { continue }
                localities.append((name, review.sitting.pointer(list, line)))
            }
        }
        return localities
    }

    /// With straight apostrophes.
    private static func plain(_ name: String) -> String { String(name.map { $0 == "’" ? "'" : $0 }) }
}
