-- The first shape of the ledger. Rows are only ever added: the triggers at the end refuse everything else.

-- Bytes as received. The same bytes are one capture, wherever they came from; the first address stands.
CREATE TABLE captures (
    number  INTEGER PRIMARY KEY,
    sha256  BLOB    NOT NULL UNIQUE CHECK (length(sha256) = 32),
    address TEXT    NOT NULL,
    fetched TEXT,                 -- RFC 3339, UTC
    headers TEXT    NOT NULL,     -- JSON: [[name, value], ...] in the order received
    length  INTEGER NOT NULL,     -- bytes before packing
    body    BLOB    NOT NULL      -- zlib
) STRICT;
CREATE INDEX captures_by_address ON captures (address, fetched);

-- What read: one row for each combination that ever did.
CREATE TABLE versions (
    number    INTEGER PRIMARY KEY,
    codebook  TEXT NOT NULL,
    model     TEXT NOT NULL,
    gazetteer TEXT NOT NULL,
    reader    TEXT NOT NULL,
    UNIQUE (codebook, model, gazetteer, reader)
) STRICT;

-- The main text read out of a capture. A newer reader may read another text out of the same bytes: that is another row
-- with the same id.
CREATE TABLE reports (
    number    INTEGER PRIMARY KEY,
    id        TEXT    NOT NULL,
    digest    BLOB    NOT NULL,   -- SHA-256 over every field below
    capture   INTEGER NOT NULL REFERENCES captures (number),
    title     TEXT,
    byline    TEXT,
    publisher TEXT,
    published TEXT,
    url       TEXT,
    language  TEXT,
    text      TEXT    NOT NULL,
    links     TEXT    NOT NULL,   -- JSON: [[href, text], ...]
    UNIQUE (id, digest)
) STRICT;
CREATE INDEX reports_by_capture ON reports (capture);

-- One report read once with one set of versions.
CREATE TABLE readings (
    number   INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL,    -- the report's id
    report   INTEGER NOT NULL REFERENCES reports (number),
    capture  INTEGER NOT NULL REFERENCES captures (number),
    versions INTEGER NOT NULL REFERENCES versions (number),
    at       TEXT,                -- RFC 3339, UTC
    UNIQUE (id, versions)
) STRICT;
CREATE INDEX readings_by_capture ON readings (capture, versions);
CREATE INDEX readings_by_report ON readings (report);

-- A capture of which every report has been read with one set of versions. The last one appended stands.
CREATE TABLE passes (
    number   INTEGER PRIMARY KEY,
    capture  INTEGER NOT NULL REFERENCES captures (number),
    versions INTEGER NOT NULL REFERENCES versions (number),
    at       TEXT
) STRICT;
CREATE INDEX passes_by_capture ON passes (capture, number);

-- Claims of a reading, in the order of the text. Sentences are spans into the report's text; `body` holds the rest.
CREATE TABLE claims (
    number    INTEGER PRIMARY KEY,
    reading   INTEGER NOT NULL REFERENCES readings (number),
    id        TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    first_day TEXT,               -- YYYY-MM-DD: the days meant, else the day the report was published
    last_day  TEXT,
    body      TEXT    NOT NULL,   -- JSON, see src/row.rs
    UNIQUE (reading, id)
) STRICT;
CREATE INDEX claims_by_id ON claims (id);

-- What claims can be looked up by: names folded to one alphabet, one row a claim, narrow enough to scan.
CREATE TABLE lookups (
    claim  INTEGER PRIMARY KEY REFERENCES claims (number),
    about  TEXT NOT NULL,
    places TEXT NOT NULL,
    says   TEXT NOT NULL
) STRICT;

-- What went wrong, or was read with doubt. Without a capture: an input of which no byte was had.
CREATE TABLE notices (
    number   INTEGER PRIMARY KEY,
    capture  INTEGER REFERENCES captures (number),
    versions INTEGER REFERENCES versions (number),
    code     TEXT NOT NULL,
    address  TEXT NOT NULL,
    message  TEXT NOT NULL,
    at       TEXT
) STRICT;
CREATE INDEX notices_by_address ON notices (address);
CREATE INDEX notices_by_capture ON notices (capture, versions);

-- The readings that stand: those of the capture's last full pass; of a capture never read to its end, the newest there are.
CREATE VIEW standing AS
    SELECT r.* FROM readings r
    WHERE CASE WHEN EXISTS (SELECT 1 FROM passes p WHERE p.capture = r.capture)
        THEN r.versions = (SELECT p.versions FROM passes p WHERE p.capture = r.capture ORDER BY p.number DESC LIMIT 1)
        ELSE r.number = (SELECT max(n.number) FROM readings n WHERE n.id = r.id)
    END;

CREATE TRIGGER captures_stay BEFORE DELETE ON captures BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER versions_stay BEFORE DELETE ON versions BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER reports_stay  BEFORE DELETE ON reports  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER readings_stay BEFORE DELETE ON readings BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER passes_stay   BEFORE DELETE ON passes   BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER claims_stay   BEFORE DELETE ON claims   BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER notices_stay  BEFORE DELETE ON notices  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER captures_keep BEFORE UPDATE ON captures BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER versions_keep BEFORE UPDATE ON versions BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER reports_keep  BEFORE UPDATE ON reports  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER readings_keep BEFORE UPDATE ON readings BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER passes_keep   BEFORE UPDATE ON passes   BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER claims_keep   BEFORE UPDATE ON claims   BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER notices_keep  BEFORE UPDATE ON notices  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
