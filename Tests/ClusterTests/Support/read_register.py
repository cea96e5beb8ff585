"""Prints what a register.sqlite holds, as JSON; reads only."""
import json
import sqlite3
import sys

connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=30)


def column(query):
    return [row[0] for row in connection.execute(query)]


print(json.dumps({
    "numbers": [number or "" for number in column("SELECT number FROM acts WHERE state = 'live' ORDER BY id")],
    "documents": column("SELECT count(*) FROM documents")[0],
    "announcements": column("SELECT state FROM alerts WHERE kind = 'new-acts' ORDER BY id"),
}))
