import PostgreSQL

/// Where a PostgreSQL database is, and by which password: see `PostgreSQLAddress`.
public typealias ServerAddress = PostgreSQLAddress
