"""Decodes what the property tests encoded: {"words": [header value], "bodies": [quoted-printable], "base64": [...]}."""
import base64
import json
import quopri
import sys
from email.header import decode_header, make_header

given = json.load(sys.stdin)
print(json.dumps({
    "words": [str(make_header(decode_header(value))) for value in given["words"]],
    "bodies": [quopri.decodestring(value.encode("ascii")).decode("utf-8") for value in given["bodies"]],
    "base64": [base64.b64decode(value).decode("utf-8") for value in given["base64"]],
}))
