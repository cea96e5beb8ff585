"""Reads an .ics on stdin with the icalendar package and tells what it found as JSON."""
import json
import sys

try:
    from icalendar import Calendar
except ImportError:
    print(json.dumps({"missing": "icalendar"}))
    sys.exit(0)

calendar = Calendar.from_ical(sys.stdin.buffer.read())
events = []
for event in calendar.walk("VEVENT"):
    events.append({
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "stamp": event["DTSTAMP"].dt.isoformat(),
        "start": event["DTSTART"].dt.isoformat(),
        "end": event["DTEND"].dt.isoformat(),
        "status": str(event["STATUS"]),
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "categories": [str(category) for category in event["CATEGORIES"].cats] if "CATEGORIES" in event else [],
        "organizer": str(event["ORGANIZER"]),
        "triggers": [alarm["TRIGGER"].dt.total_seconds() for alarm in event.walk("VALARM")],
    })
print(json.dumps({
    "method": str(calendar["METHOD"]),
    "name": str(calendar["X-WR-CALNAME"]),
    "events": events,
    "errors": [str(error) for part in calendar.walk() for error in part.errors],
}))
