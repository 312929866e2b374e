"""Asks every address that `/openapi.json` tells of what its types allow, and what they do not, with schemathesis: statuses, media types,
fields and types of the answers, methods that are not told of.

    python3 evaluation/openapi/check.py PATH/TO/sayso [more options of schemathesis]

Ends with 1 and says what is wrong.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

CONFIG = """
[checks.positive_data_acceptance]
# That since is not later than until, and which cursors there are, no schema can say.
expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "409"]

[[operations]]
include-path-regex = "^/finding/"
parameters = {{ "path.id" = "{finding}" }}
[[operations]]
include-path-regex = "^/report/"
parameters = {{ "path.id" = "{report}" }}
[[operations]]
include-path-regex = "^/entity/"
parameters = {{ "path.id" = "Q794" }}
[[operations]]
include-path-regex = "^/watch/"
parameters = {{ "path.id" = "1" }}
[[operations]]
include-path-regex = "^/capture/"
parameters = {{ "path.sha256" = "{capture}" }}
"""


def main() -> int:
    sayso = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "week.ledger"
        subprocess.run([sayso, "--ledger", ledger, "read", ROOT / "fixtures/week/reports"], check=True, capture_output=True)
        words = [sayso, "--ledger", ledger, "serve", "--listen", "127.0.0.1:0", "--as", "Ann"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            try:
                return check(server.stdout.readline().strip().rstrip("/"), Path(folder), sys.argv[2:])
            finally:
                server.kill()


def check(desk: str, folder: Path, more: list[str]) -> int:
    text = lambda path, data=None: urllib.request.urlopen(desk + path, data).read().decode()
    get = lambda path: json.loads(text(path))
    token = re.search(r'name="token" value="(\w+)"', text("/review"))[1]
    text("/watch.json", f"token={token}&name=Belarus&asked=place%3DBelarus".encode())
    finding = get("/findings.json?place=Belarus&kind=production")["findings"][0]
    report = finding["reports"][0]
    known = {"finding": finding["id"], "report": report, "capture": get(f"/report/{report}.json")["capture"]["sha256"]}
    config = folder / "schemathesis.toml"
    config.write_text(CONFIG.format(**known))
    words = ["--config-file", config, "run", f"{desk}/openapi.json", "--checks", "all", "--seed", "1", "--max-examples", "20", "--request-timeout", "20", *more]
    env = os.environ | {"SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE), "SAYSO_TOKEN": token}
    program = Path(sys.executable).parent / "schemathesis"
    return subprocess.run([program, *words], env=env, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
