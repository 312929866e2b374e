"""Writes what Python's spaCy says of texts, as crates/language/tests/data/spacy-cases.jsonl holds it.

python spacy_cases.py MODEL_FOLDER TEXTS > spacy-cases.jsonl; TEXTS holds one JSON string a line.
Each token: start, end (code points), tag, part of speech, lemma, head, label, B, I or O, type of the name, sentence start.
"""

import json
import sys

import spacy

nlp = spacy.load(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as lines:
    for line in lines:
        text = json.loads(line)
        tokens = [
            [
                t.idx, t.idx + len(t.text), t.tag_, t.pos_, t.lemma_, t.head.i, t.dep_,
                t.ent_iob_, t.ent_type_, bool(t.is_sent_start),
            ]
            for t in nlp(text)
        ]  # fmt: skip
        print(json.dumps({"text": text, "tokens": tokens}, ensure_ascii=False, separators=(",", ":")))
