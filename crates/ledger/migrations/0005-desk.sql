-- What people look at: columns by which findings are sorted and counted, who begins what, words of reports and claims, who may come in.

-- Beside what they are looked up by, what is counted over many of them. Made again with the rest.
ALTER TABLE findings ADD COLUMN kind    TEXT    NOT NULL DEFAULT '';
ALTER TABLE findings ADD COLUMN grade   INTEGER NOT NULL DEFAULT 6;
ALTER TABLE findings ADD COLUMN unknown INTEGER NOT NULL DEFAULT 0; -- origins whose lineage is not known
ALTER TABLE findings ADD COLUMN denied  INTEGER NOT NULL DEFAULT 0; -- origins that deny it
ALTER TABLE findings ADD COLUMN doubted INTEGER NOT NULL DEFAULT 0; -- origins that doubt it
ALTER TABLE findings ADD COLUMN status  TEXT;                       -- the highest on the kind's ladder
ALTER TABLE findings ADD COLUMN begun   INTEGER NOT NULL DEFAULT 0; -- the first claim that was read of it
ALTER TABLE findings ADD COLUMN latest  INTEGER NOT NULL DEFAULT 0; -- the last claim that was read of it, for it or against it
CREATE INDEX findings_by_latest ON findings (latest DESC, id);
-- What a finding's proposition is of: its own terms.
CREATE TABLE finding_terms (
    finding INTEGER NOT NULL,
    role    TEXT    NOT NULL,
    key     TEXT    NOT NULL,     -- an entity's id, item:<slug> or name:<folded words>
    name    TEXT    NOT NULL,
    PRIMARY KEY (finding, role, key)
) STRICT, WITHOUT ROWID;
-- Who begins or repeats a finding, and how often each does.
CREATE TABLE finding_sources (
    finding INTEGER NOT NULL,
    key     TEXT    NOT NULL,
    begins  INTEGER NOT NULL,     -- 1: it is an established origin; 0: it repeats what begins with somebody else
    PRIMARY KEY (finding, key, begins)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_sources_by_key ON finding_sources (key, begins);
CREATE TABLE sources (
    key        TEXT    PRIMARY KEY,
    name       TEXT    NOT NULL,
    kind       TEXT,
    owner      TEXT,
    reports    INTEGER NOT NULL DEFAULT 0, -- that it published
    originates INTEGER NOT NULL DEFAULT 0, -- findings that have it as an established origin
    repeats    INTEGER NOT NULL DEFAULT 0  -- findings it carries that begin with somebody else
) STRICT, WITHOUT ROWID;
-- The publisher of each report that is worked in, by its key.
ALTER TABLE lineages ADD COLUMN publisher TEXT;
CREATE INDEX lineages_by_publisher ON lineages (publisher, number DESC);

-- Words of reports and of the sentences that claims stand in.
CREATE VIRTUAL TABLE report_words USING fts5 (title, text, content = 'reports', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO report_words (report_words) VALUES ('rebuild');
CREATE TRIGGER reports_words AFTER INSERT ON reports BEGIN
    INSERT INTO report_words (rowid, title, text) VALUES (NEW.number, NEW.title, NEW.text);
END;
CREATE VIRTUAL TABLE claim_words USING fts5 (quote, content = '', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO claim_words (rowid, quote) SELECT c.number,
    CAST(substr(CAST(p.text AS BLOB), json_extract(c.body, '$.e[0]') + 1, json_extract(c.body, '$.e[1]') - json_extract(c.body, '$.e[0]')) AS TEXT)
    FROM claims c JOIN readings r ON r.number = c.reading JOIN reports p ON p.number = r.report;

-- Who may use a desk that others can reach. Not evidence: rows change and go.
CREATE TABLE accounts (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('reader', 'analyst', 'admin')),
    hash TEXT NOT NULL,           -- argon2id, as a PHC string
    at   TEXT NOT NULL            -- when it was made, RFC 3339
) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
    token   BLOB PRIMARY KEY,     -- SHA-256 of what the browser holds
    account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
    until   TEXT NOT NULL         -- RFC 3339
) STRICT, WITHOUT ROWID;
-- What was done at the desk. Only added to.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    who    TEXT NOT NULL,
    what   TEXT NOT NULL,         -- judged, exported, signed-in, refused, ...
    detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_stay BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER audit_keep BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
-- Searches that people watch.
CREATE TABLE searches (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,
    asked  TEXT NOT NULL,         -- the query of the findings page
    who    TEXT NOT NULL,
    at     TEXT NOT NULL
) STRICT;

-- What is worked out is made again.
DELETE FROM made WHERE what = 'findings';
