"""Prints each .eml file of a folder as a line of JSON, read by Python's own mail parser."""
import email
import email.policy
import json
import pathlib
import sys


def body(message, kind):
    part = message.get_body((kind,))
    return part.get_content() if part else ""


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.eml")):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    print(json.dumps({
        "subject": message["subject"],
        "id": message["message-id"],
        "inReplyTo": message["in-reply-to"],
        "recipient": message["to"],
        "types": [part.get_content_type() for part in message.walk()],
        "text": body(message, "plain"),
        "html": body(message, "html"),
    }))
