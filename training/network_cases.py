"""Writes the cases that the network of crates/language is tested with: the ids spaCy gives its network, and what spaCy says.

Usage: python network_cases.py MODEL < texts.jsonl > cases.jsonl      (spacy 3.8; one {"text": ...} a line)
The parser's and recogniser's results are taken; the label that the attribute ruler gives white space afterwards is not.
"""

import json
import sys

import spacy

pipeline = spacy.load(sys.argv[1], exclude=["attribute_ruler", "lemmatizer"])
for line in sys.stdin:
    doc = pipeline(json.loads(line)["text"])
    ids = doc.to_array(["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]).astype("uint64").tolist()
    said = [[t.tag_, t.head.i, t.dep_, t.ent_iob, t.ent_type_, bool(t.is_sent_start)] for t in doc]
    print(json.dumps({"ids": ids, "said": said}, separators=(",", ":")))
