"""Compares a Report with the tables of the example worked by hand; see deploy/checks/seed.

usage: seed.py configure WORKED.md MEMBERS.csv   prints the configuration that the example supposes
       seed.py compare WORKED.md REPORT.json     prints what disagrees; exit code 1 if anything does
"""
import csv
import json
import re
import sys
from collections import Counter


def rows(section):
    """The cells of each row of the section's table, without its head."""
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def rule_ids(cell):
    """The ids of a cell: "`actes-id-format`, `-siren`" are actes-id-format and actes-id-siren."""
    ids = []
    for name in re.findall(r"`([^`]+)`", cell):
        if name.startswith("-") and ids:
            whole = ids[0].rsplit("-", name.count("-"))[0]
            name = whole + name
        ids.append(name)
    return ids


def expected(cell):
    """The outcome that a cell says, and how often: ("warning", 2). "info" stands for one finding or more."""
    words = cell.replace("*", "")
    outcomes = {"ok": "ok", "ind.": "indeterminate", "n/a": "notApplicable"}
    said = [outcomes[word] for word in re.findall(r"\bok\b|ind\.|n/a", words)]
    found = re.search(r"(error|warning|info)(?:[^×]*×\s*(\d+))?", words)
    if found:
        return {found[1]}, int(found[2]) if found[2] else None
    return set(said), None


def actual(report):
    """The outcomes of each rule that has one, and how many findings it made."""
    outcomes, counts = {}, Counter()
    for kind in ("indeterminate", "notApplicable"):
        for note in report[kind]:
            outcomes.setdefault(note["rule"], set()).add(kind)
    for finding in report["findings"]:
        outcomes.setdefault(finding["rule"], set()).add(finding["severity"])
        counts[finding["rule"]] += 1
    return outcomes, counts


def official(name, corrections):
    """The official name of a commune: "Merey-Vieilley → Mérey-" corrects a part, "François → Franois" the whole."""
    correct = corrections.get(name)
    if correct is None:
        return name
    parts = name.split("-")
    if correct.startswith("-"):
        return "-".join(parts[:-1]) + correct
    return correct + "-".join(parts[1:]) if correct.endswith("-") else correct


def configure(worked, members):
    """The authority's number and department, and its communes by their official names."""
    row = next(line for line in worked.splitlines() if line.startswith("| `att-commune-unknown`"))
    pairs = re.findall(r"([\w-]+) → ([\w-]+)", row)
    corrections = dict(pairs)
    names = sorted({member["commune"] for member in members})
    name, number = re.search(r"`corpus/seed.txt`, ([^(]+) \(.*?SIREN (\d{9})", worked, re.DOTALL).groups()
    department = re.search(r"department (\d{3})", worked)[1].lstrip("0")
    communes = ";".join(official(name, corrections) for name in names)
    settings = f"siren={number}, department={department}, memberCommunes={communes}"
    print(f'rules:\n  authorities:\n    - "{name}: {settings}"')


def compare_rules(section, report):
    outcomes, counts = actual(report)
    wrong = []
    compared = 0
    for cells in rows(section):
        want, count = expected(cells[1])
        ids = rule_ids(cells[0])
        for rule in ids:
            compared += 1
            got = outcomes.get(rule, {"ok"})
            # A row of several rules with several outcomes does not say which has which.
            agrees = bool(got & want) and (count is None or counts[rule] == count)
            if not agrees:
                wrong.append(f"{rule}: {'/'.join(sorted(want))}{f' ×{count}' if count else ''} by hand, "
                             f"{'/'.join(sorted(got))}{f' ×{counts[rule]}' if counts[rule] else ''} found")
    return compared, wrong


def compare_deadlines(section, report):
    deadlines = {(deadline["rule"], deadline.get("due")) for deadline in report["deadlines"]}
    rules = {rule for rule, _ in deadlines}
    wrong = []
    compared = 0
    for cells in rows(section):
        for rule in rule_ids(cells[5]):
            if "-" not in rule and rule not in ("versement", "evenement", "conservation"):
                continue
            compared += 1
            dates = re.findall(r"\*\*(\d\d)/(\d\d)/(\d{4})\*\*", cells[4])
            due = ["-".join(reversed(date)) for date in dates]
            due += [f"{y}-{m}-{d}" for d, m, y in re.findall(r"^(\d\d)/(\d\d)/(\d{4})", cells[4])]
            if rule == "conservation" or not due:
                agrees = rule in rules
            else:
                agrees = any((rule, day) in deadlines for day in due)
            if not agrees:
                wrong.append(f"deadline {cells[0]}, {rule}: {' '.join(due) or 'without a date'} by hand, not found")
    return compared, wrong


def main():
    worked = open(sys.argv[2], encoding="utf-8").read()
    if sys.argv[1] == "configure":
        return configure(worked, csv.DictReader(open(sys.argv[3], encoding="utf-8")))
    report = json.load(open(sys.argv[3], encoding="utf-8"))
    sections = re.split(r"^## ", worked, flags=re.MULTILINE)
    find = lambda title: next(section for section in sections if title in section.splitlines()[0])
    rules, wrong = compare_rules(find("Result of every rule"), report)
    deadlines, late = compare_deadlines(find("Obligations and deadlines"), report)
    print(f"{rules} rules and {deadlines} deadlines compared, {len(wrong) + len(late)} disagree")
    for line in wrong + late:
        print(f"  {line}")
    sys.exit(1 if wrong or late else 0)


main()
