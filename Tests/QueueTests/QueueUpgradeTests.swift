import Digest
import Foundation
import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

/// A queue as the release before this one kept it (version 2 of its schema), with a document in each state.
@Suite("Queues of earlier releases", .onEveryEngine)
final class QueueUpgradeTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/queue-upgrade-\(UUID().uuidString)"
    private let engine = TestEngine.current
    private let schema = TestEngine.schema()

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
        engine.drop(schema)
    }

    private static let states: [(state: DocumentState, stage: Stage)] = [
        (.waiting, .ingest), (.leased, .validate), (.delayed, .ingest), (.held, .validate), (.refused, .ingest),
        (.dropped, .notify), (.registered, .notify),
    ]

    private func body(_ number: Int) -> [UInt8] { Array("le texte du document \(number), séance du 13 mars".utf8) }

    private func makeOld() throws {
        let migrations = QueueSchema.migrations.filter { $0.version <= 2 }
        let store =
            try engine.address.map { try Store(database: $0, name: schema, migrations: migrations) }
            ?? Store(folder: DataFolder(path: folder), name: "queue", migrations: migrations)
        try store.write { transaction in
            for (index, (state, stage)) in Self.states.enumerated() {
                try add(index + 1, state, stage, transaction)
            }
            for (name, value) in [
                ("incarnation", "6"), ("register", "0123abcd"), ("paused.notify", "1"), ("clock", "5000"),
            ] {
                try Settings.set(name, value, transaction.sql)
            }
        }
        #expect(try store.database.schemaVersion() == 2)
        try store.database.close()
    }

    private func add(_ number: Int, _ state: DocumentState, _ stage: Stage, _ transaction: StoreTransaction) throws {
        let bytes = body(number)
        let kept = try transaction.append(ByteArray(bytes))
        var values: [SQLValue] = [
            .integer(number), .blob(DocumentID(of: bytes).digest.bytes), .text("\(number).txt"), .integer(bytes.count),
            .text(stage.rawValue), .text(state.rawValue),
        ]
        values.append(state == .delayed ? .integer(9_000) : .null)
        values += state == .leased ? [.integer(6 << 32), .text("validate@h")] : [.null, .null]
        values += state == .held ? [.text("crashed"), .text("trois fois")] : [.null, .null]
        values.append(.text(kept.description))
        if stage == .ingest {
            values.append(.null)
        } else {
            values.append(.text(try transaction.append(ByteArray([7, UInt8(number)])).description))
        }
        try transaction.sql.execute(
            """
            INSERT INTO documents (number, id, name, media_type, source, archive, size, accepted_at, generation, stage, state,
                since, attempts, failures, suspect, due, token, worker, code, message, body, extract, converted)
            VALUES (?, ?, ?, 'text/plain', 'ged', NULL, ?, 1700000000, 1, ?, ?, 1700000000, 1, 0, 0, ?, ?, ?, ?, ?, ?, ?, NULL)
            """, values)
        try transaction.sql.execute(
            """
            INSERT INTO history (document, position, at, clock, what, stage, generation, who, message)
            VALUES (?, 1, 1700000000, 0, 'accepted', 'ingest', 1, 'ged', 'reçu')
            """, [.integer(number)])
        try transaction.sql.execute(
            "INSERT INTO tallies (stage, state, amount, bytes) VALUES (?, ?, 1, ?)",
            [.text(stage.rawValue), .text(state.rawValue), .integer(bytes.count)])
    }

    private func open() throws -> QueueStore {
        try engine.address.map { try QueueStore(database: $0, name: "new", schema: schema) }
            ?? QueueStore(folder: DataFolder(path: folder))
    }

    @Test("One of version 2 opens with every document, its bytes, its history, and what was paused")
    func version2() throws {
        try makeOld()
        let queue = try open()
        #expect(try queue.store.database.schemaVersion() == QueueSchema.migrations.last?.version)
        let opening = try queue.open()
        #expect(opening.incarnation == 7 && opening.register == "0123abcd" && opening.paused == [.notify])
        #expect(opening.waiting.map(\.count) == [1] && opening.delayed && opening.problems == [])
        #expect(opening.queuedBytes == (1...3).reduce(0) { $0 + body($1).count })
        if !queue.isShared { #expect(opening.leases.map(\.number) == [2]) }
        try queue.store.database.read { sql in
            let rows = try sql.query("SELECT number, id, state, stage, body, name FROM documents ORDER BY number") {
                row in
                (
                    number: Int(try row.integer(0)), id: try row.documentID(1), state: try row.state(2),
                    stage: try row.stage(3), body: try row.text(4), name: try row.text(5)
                )
            }
            #expect(rows.map(\.state) == Self.states.map(\.state) && rows.map(\.stage) == Self.states.map(\.stage))
            for row in rows {
                let reference = try #require(SegmentReference(row.body))
                #expect(try queue.store.bytes(of: reference, in: sql) == body(row.number))
                #expect(row.id == DocumentID(of: body(row.number)) && row.name == "\(row.number).txt")
            }
            let told = try sql.query("SELECT message FROM history WHERE what = 'accepted'") { try $0.text(0) }
            #expect(told == Array(repeating: "reçu", count: Self.states.count))
            let counted = try sql.first("SELECT CAST(SUM(amount) AS BIGINT) FROM tallies") { try $0.integer(0) }
            #expect(counted == Int64(Self.states.count))
            try SourceBytes.expectTrueTallies(sql)
        }
    }

    @Test(
        "A program of the former release refuses what was brought up to date, names both versions, and changes nothing")
    func goingBack() throws {
        try makeOld()
        let known = try #require(QueueSchema.migrations.last?.version)
        try open().store.database.close()
        let error = #expect(throws: StorageError.self) { try makeOld() }
        guard case .newerSchema(_, known, 2)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(
            error?.description.contains("version \(known)") == true && error?.description.contains("knows 2") == true)
        #expect(try open().store.database.schemaVersion() == known)
    }

    /// Who changes a step that was released leaves the stores in the field behind: a new step comes behind it instead.
    @Test("The steps of the schema that were released are what they were")
    func releasedSteps() {
        let digests = QueueSchema.migrations.filter { $0.version <= 4 }.map { step in
            "\(SHA256Digest(of: Array(step.statements.joined(separator: "\n").utf8)))".prefix(12)
        }
        #expect(digests == ["5eb5d46649fe", "47b0c7e06a85", "0358512d4239", "d46376db6634"])
    }
}
