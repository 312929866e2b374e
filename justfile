# The only list of commands. `.ci/run` runs the same lines without `just`.

# what there is
default:
    @just --list

# everything CI checks
ci:
    .ci/run

# all tests (README's second command)
test:
    cargo test --workspace

# formatting, as CI wants it
fmt-check:
    cargo fmt --all --check

# formatting, done
fmt:
    cargo fmt --all

# the desk's islands once more, as they lie in crates/desk/assets/dist
islands:
    npm ci --prefix crates/desk/islands --no-audit --no-fund
    npm run build --prefix crates/desk/islands

# exports, MCP and OpenAPI against the packages of those whose formats they are
checks:
    cargo build
    python3 -m venv target/checks
    target/checks/bin/pip install --quiet --disable-pip-version-check -r evaluation/exports/requirements.txt -r evaluation/mcp/requirements.txt -r evaluation/openapi/requirements.txt
    target/checks/bin/python evaluation/exports/check.py target/debug/sayso
    target/checks/bin/python evaluation/mcp/check.py target/debug/sayso
    target/checks/bin/python evaluation/openapi/check.py target/debug/sayso

# the desk in a real browser, which Debian calls chromium
walk:
    cargo build
    npm ci --prefix evaluation/desk --no-audit --no-fund
    SAYSO="$PWD/target/debug/sayso" npm run walk --prefix evaluation/desk

# the pictures of docs/pictures
pictures:
    cargo build --release
    npm ci --prefix evaluation/desk --no-audit --no-fund
    npm run pictures --prefix evaluation/desk

# how fast the desk answers; a large ledger is made by `cargo run --release -p sayso-scale -- --reports 100000 --ledger FILE`
load LEDGER *ARGS:
    cargo build --release -p sayso -p sayso-load
    target/release/sayso-load --ledger {{LEDGER}} {{ARGS}}

# lints; a warning is an error
lint:
    cargo clippy --workspace --all-targets -- -D warnings

# licences, banned crates and sources of the dependencies; no network
deny:
    cargo fetch --locked
    cargo deny --offline check bans licenses sources

# known holes in the dependencies; needs the network
advisories:
    cargo deny check advisories

# the program, as it is given away
build:
    cargo build --release

# read the report that comes with the project and show what it claims (README's first command)
demo:
    cargo run --release -- --ledger target/demo.ledger read fixtures/demo
    cargo run --release -- --ledger target/demo.ledger claims

# what the gates measure, with tables: `just gates time`, `just gates gold-dev --worst 20`
gates *ARGS:
    cargo run -p sayso-gates -- {{ARGS}}

# words a second and a thread
bench:
    cargo bench --workspace

# make the place gazetteer again
geonames *ARGS:
    cargo xtask geonames {{ARGS}}

# check that generated pages are what the program would write today
generated:
    cargo xtask reference --check
