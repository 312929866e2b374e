"""Words a second of Python's spaCy on one thread, on the texts speed.rs takes.

OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python spacy_speed.py MODEL_FOLDER [CASES]
"""

import json
import pathlib
import sys
import time

import spacy

beside = pathlib.Path(__file__).parent.parent / "tests/data/spacy-cases.jsonl"
cases = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else beside
texts = [json.loads(line)["text"] for line in cases.read_text(encoding="utf-8").splitlines()]
nlp = spacy.load(sys.argv[1])
words = sum(map(len, nlp.pipe(texts)))
best = 0.0
for _ in range(10):
    start = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    best = max(best, words / (time.perf_counter() - start))
print(f"{words} words, {best:.0f} words a second at best of ten rounds")
