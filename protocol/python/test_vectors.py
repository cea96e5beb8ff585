"""The golden vectors against the JSON Schemas and against the client's own encoder. Needs pytest and jsonschema."""
from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import greffier_client as client

PROTOCOL = Path(__file__).resolve().parent.parent
SCHEMAS = {path.stem: json.loads(path.read_text("utf-8")) for path in (PROTOCOL / "schema").glob("*.json")}


def load(folder: str) -> list[dict[str, Any]]:
    """The vectors of a folder, each with what its file says of all of them."""
    cases = []
    for path in sorted((PROTOCOL / "vectors" / folder).glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        shared = {key: value for key, value in content.items() if key != "cases"}
        cases += [pytest.param(shared | case, id=f"{path.stem}: {case['name']}") for case in content["cases"]]
    return cases


def frames(case: dict[str, Any]) -> list[bytes]:
    """The bytes of a vector's frames."""
    return [
        (bytes.fromhex(frame["hex"]) if "hex" in frame else frame["text"].encode()) * frame.get("repeat", 1)
        for frame in case["frames"]
    ]


def validate(value: Any, schema: str) -> None:
    """Raises if the value is not what the schema says."""
    jsonschema.Draft202012Validator(SCHEMAS[schema]).validate(value)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_a_schema_under_its_own_name(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$id"] == f"https://greffier.example/schema/1/{name}.json"


@pytest.mark.parametrize("case", load("valid"))
def test_a_valid_message_obeys_its_schema_and_is_what_the_client_writes(case: dict[str, Any]) -> None:
    verb, header, payload = client.decode(frames(case))
    assert (verb, header) == (case["verb"], case["header"])
    validate(header, case["schema"])
    assert client.encode(verb, header, *payload) == frames(case)


@pytest.mark.parametrize("case", load("valid"))
def test_a_header_without_a_required_member_breaks_its_schema(case: dict[str, Any]) -> None:
    schema = SCHEMAS[case["schema"]]
    for name in schema["$defs"][schema["$ref"].split("/")[-1]].get("required", []):
        with pytest.raises(jsonschema.ValidationError):
            validate({key: value for key, value in case["header"].items() if key != name}, case["schema"])


@pytest.mark.parametrize("case", [case for case in load("valid") if case.values[0]["verb"] == "SUBMIT"])
def test_the_client_names_and_measures_a_document_as_the_vector_does(case: dict[str, Any]) -> None:
    given, document = case["header"], frames(case)[3]
    options = {key: given[key] for key in ("mediaType", "replaces", "archive", "again", "request") if key in given}
    assert client.submit_header(document, given["name"], given["source"], **options) == given


@pytest.mark.parametrize("case", load("clamped"))
def test_a_clamped_header_obeys_its_schema_and_its_spans_are_at_most_a_week(case: dict[str, Any]) -> None:
    _, given, _ = client.decode(frames(case))
    read = json.loads(case["reads"])
    validate(read, case["schema"])
    spans = {key: min(max(0, value), 604_800_000) for key, value in given.items() if key.endswith("Milliseconds")}
    assert read == given | spans != given


@pytest.mark.parametrize("case", load("invalid"))
def test_an_invalid_message_has_a_code_that_exists(case: dict[str, Any]) -> None:
    validate({"code": case["code"], "message": ""}, "refused")


@pytest.mark.parametrize("case", [case for case in load("invalid") if case.values[0]["code"] in ("malformed", "version")])
def test_the_client_does_not_take_what_is_no_message_of_its_version(case: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        client.decode(frames(case))


@pytest.mark.parametrize("name", ["extract", "report"])
def test_a_golden_document_obeys_its_schema(name: str) -> None:
    validate(json.loads((PROTOCOL / "vectors/documents" / f"{name}.json").read_text("utf-8")), name)


def test_the_golden_documents_point_into_themselves_and_quote_the_text() -> None:
    folder = PROTOCOL / "vectors/documents"
    text = (folder / "deliberation.txt").read_bytes()
    extract, report = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("extract", "report"))
    assert extract["document"]["text"] == {"sha256": hashlib.sha256(text).hexdigest(), "bytes": len(text)}
    for pointer, (start, end) in extract["provenance"].items():
        value = extract
        for step in pointer.split("/")[1:]:
            value = value[int(step)] if isinstance(value, list) else value[step]
        assert text[start:end].decode()
    for evidence in [e for entry in report["findings"] + report["deadlines"] for e in entry["evidence"]]:
        assert text[evidence["start"] : evidence["end"]].decode() == evidence["quote"]
