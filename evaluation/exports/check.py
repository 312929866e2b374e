"""Exports the example week in every format and has it read by the packages of those whose formats they are.

    python3 evaluation/exports/check.py PATH/TO/sayso

Ends with 1 and says what is wrong where one of them does not take it.
"""

import csv
import io
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    sayso = Path(sys.argv[1]).resolve()
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "week.ledger"
        run = lambda *words: subprocess.run([sayso, "--ledger", ledger, *words], check=True, capture_output=True).stdout
        run("read", ROOT / "fixtures/week/reports")
        findings = len(run("findings", "--format", "jsonl").splitlines())
        for name, check in CHECKS.items():
            first, again = run("export", "--format", name), run("export", "--format", name)
            said = []
            if first != again:
                said.append("two exports differ")
            said += check(first, findings)
            print(f"{name:<9} {len(first):>7} bytes  {'; '.join(said) or 'as it should be'}")
            wrong += said
    return 1 if wrong else 0


def ftm(data: bytes, findings: int) -> list[str]:
    from followthemoney import model

    said, ids, refs, events = [], set(), set(), 0
    for line in data.decode().splitlines():
        row = json.loads(line)
        schema = model.get(row["schema"])
        if schema is None:
            said.append(f"no schema {row['schema']}")
            continue
        entity = model.get_proxy(row, cleaned=False)
        ids.add(entity.id)
        events += schema.name == "Event"
        for name, values in row["properties"].items():
            prop = schema.get(name)
            if prop is None:
                said.append(f"{schema.name} has no property {name}")
                continue
            if prop.type.name == "entity":
                refs.update(values)
            for value in values:
                if prop.type.name != "entity" and prop.type.clean(value) is None:
                    said.append(f"{schema.name}.{name} is not {value!r}")
    if refs - ids:
        said.append(f"{len(refs - ids)} references lead nowhere")
    if events != findings:
        said.append(f"{events} events of {findings} findings")
    return sorted(set(said))


def stix(data: bytes, findings: int) -> list[str]:
    import stix2

    bundle = stix2.parse(data.decode(), allow_custom=False)
    ids = {it.id for it in bundle.objects}
    said = []
    for it in bundle.objects:
        refs = [it.get("source_ref"), it.get("target_ref"), it.get("created_by_ref"), *it.get("object_refs", [])]
        lost = [ref for ref in refs if ref and ref not in ids]
        if lost:
            said.append(f"{it.id} refers to {lost[0]}")
    reports = sum(it.type == "report" for it in bundle.objects)
    if reports != findings:
        said.append(f"{reports} reports of {findings} findings")
    if not any(it.type == "opinion" for it in bundle.objects):
        said.append("no denial came through")
    return said


def geojson(data: bytes, _findings: int) -> list[str]:
    said = []
    collection = json.loads(data)
    if collection["type"] != "FeatureCollection" or not collection["features"]:
        said.append("no features")
    for feature in collection["features"]:
        exact = feature["properties"]["precision"] == "town"
        if exact != (feature["geometry"] is not None):
            said.append(f"{feature['properties']['place']} is drawn as exactly as the text does not say")
        if exact:
            lon, lat = feature["geometry"]["coordinates"]
            if not (-180 <= lon <= 180 and -90 <= lat <= 90):
                said.append("a point off the earth")
    return said


def graphml(data: bytes, findings: int) -> list[str]:
    import networkx

    graph = networkx.read_graphml(io.BytesIO(data))
    nodes = sum(sort == "finding" for _, sort in graph.nodes(data="sort"))
    loose = [node for node in graph if graph.degree(node) == 0]
    said = [] if nodes == findings else [f"{nodes} nodes of {findings} findings"]
    return said + ([f"{len(loose)} nodes without an edge"] if loose else [])


def rows(data: bytes, findings: int) -> list[str]:
    found = list(csv.DictReader(io.StringIO(data.decode())))
    said = [] if len(found) == findings else [f"{len(found)} rows of {findings} findings"]
    cells = (cell for row in found for cell in row.values())
    return said + ["a cell begins like a formula" for cell in cells if re.match(r"[=+@]|-\D", cell)]


def parquet(data: bytes, findings: int) -> list[str]:
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(io.BytesIO(data))
    said = [] if table.num_rows == findings else [f"{table.num_rows} rows of {findings} findings"]
    names = table.column("origins").to_pylist()
    counts = table.column("origins_established").to_pylist()
    if [len(it) for it in names] != counts:
        said.append("the origins named are not those counted")
    return said


def sipri(data: bytes, _findings: int) -> list[str]:
    found = list(csv.DictReader(io.StringIO(data.decode())))
    want = ["Supplier", "Recipient", "Number ordered", "Weapon designation", "Weapon description", "Year of order"]
    said = [] if found and list(found[0])[:6] == want else ["the columns are not SIPRI's"]
    return said + [f"no status in {row['Finding']}" for row in found if row["Number delivered"] and not row["Status"]]


def markdown(data: bytes, findings: int) -> list[str]:
    text = data.decode()
    body, notes = text.split("## Sources\n")
    said = []
    if body.count("\n## ") != findings:
        said.append(f"{body.count(chr(10) + '## ')} headings of {findings} findings")
    likely = r"almost no chance|unlikely|roughly even chance|likely|almost certain"
    for sentence in re.split(r"(?<=[.!?])(?:\[\^\d+\])*\s+", body.split("\n## ", 1)[1]):
        if re.search(likely, sentence) and re.search(r"[Cc]onfidence", sentence):
            said.append(f"likelihood and confidence in one sentence: {sentence}")
    marks, given = set(re.findall(r"\[\^(\d+)\]", body)), set(re.findall(r"^\[\^(\d+)\]:", notes, re.M))
    if marks != given:
        said.append(f"footnotes {marks ^ given} are not both named and given")
    return said + ["a footnote without its capture" for note in notes.strip().splitlines() if "SHA-256" not in note]


CHECKS = {
    "ftm": ftm,
    "stix": stix,
    "geojson": geojson,
    "graphml": graphml,
    "csv": rows,
    "parquet": parquet,
    "sipri": sipri,
    "markdown": markdown,
}

if __name__ == "__main__":
    sys.exit(main())
