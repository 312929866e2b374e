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
