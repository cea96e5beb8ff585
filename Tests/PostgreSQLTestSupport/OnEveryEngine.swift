// A build without tests compiles this target too, and has no Testing.
#if canImport(Testing)
    import Testing

    /// Runs each test twice: on SQLite, and on PostgreSQL where it is installed.
    public struct OnEveryEngine: TestTrait, SuiteTrait, TestScoping {
        /// Tests of suites within the suite as well.
        public var isRecursive: Bool { true }

        /// Runs a test on each engine.
        public func provideScope(
            for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
        ) async throws {
            guard testCase != nil else { return try await function() }
            try await function()
            guard let server = PostgreSQLServer.shared else { return }
            try await TestEngine.$current.withValue(.postgreSQL(server)) { try await function() }
        }
    }

    extension Trait where Self == OnEveryEngine {
        /// Each test on SQLite, and on PostgreSQL where it is installed.
        public static var onEveryEngine: OnEveryEngine { OnEveryEngine() }
    }
#endif
