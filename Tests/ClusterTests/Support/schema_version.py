"""Sets the schema version of a store and prints what it was: schema_version.py DATABASE VERSION"""
import sqlite3
import sys

connection = sqlite3.connect(sys.argv[1], timeout=30)
print(connection.execute("SELECT version FROM schema_version").fetchone()[0])
with connection:
    connection.execute("UPDATE schema_version SET version = ?", (int(sys.argv[2]),))
