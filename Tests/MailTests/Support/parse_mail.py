"""Reads one message on stdin with Python's own parser and tells what it found as JSON."""
import base64
import email
import json
import sys
from email import policy

message = email.message_from_bytes(sys.stdin.buffer.read(), policy=policy.default)
defects = [repr(defect) for part in message.walk() for defect in part.defects]
for part in message.walk():
    for value in part.values():
        defects += [repr(defect) for defect in getattr(value, "defects", [])]


def mailbox(name):
    header = message[name]
    return [[address.display_name, address.addr_spec] for address in header.addresses] if header else []


print(json.dumps({
    "headers": [[name, str(value)] for name, value in message.items()],
    "from": mailbox("from"),
    "to": mailbox("to"),
    "subject": str(message["subject"]),
    "structure": [part.get_content_type() for part in message.walk()],
    "text": message.get_body(("plain",)).get_content(),
    "html": message.get_body(("html",)).get_content(),
    "attachments": [
        {
            "name": part.get_filename(),
            "type": part.get_content_type(),
            "method": part.get_param("method"),
            "content": base64.b64encode(part.get_payload(decode=True)).decode(),
        }
        for part in message.iter_attachments()
    ],
    "defects": defects,
}))
