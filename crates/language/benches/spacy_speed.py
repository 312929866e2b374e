"""Words a second of processor time of Python's spaCy on one thread, on the texts speed.rs takes.

OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python spacy_speed.py MODEL_FOLDER [CASES]      (CASES: one {"text": ...} a line, may be .gz)
"""

import gzip
import json
import pathlib
import sys
import time

import spacy

beside = pathlib.Path(__file__).parent.parent / "tests/data/spacy-cases.jsonl"
cases = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else beside
with (gzip.open if cases.suffix == ".gz" else open)(cases, "rt", encoding="utf-8") as lines:
    texts = [json.loads(line)["text"] for line in lines]
nlp = spacy.load(sys.argv[1])
words = sum(map(len, nlp.pipe(texts)))
best = 0.0
for _ in range(10 if words < 10_000 else 3):
    start = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    best = max(best, words / (time.process_time() - start))
print(f"{words} words, {best:.0f} words a processor second")
