-- What is worked out from the claims: which of them state the same, what the reports have to do with each other, and what stands behind each
-- finding. Nothing here is evidence: all of it can be thrown away and made again from the tables of 0001 and 0002.

-- What the rest was made with (versions of rules and data); other versions make it all again.
CREATE TABLE made (
    what TEXT PRIMARY KEY,
    by   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Readings that are worked in.
CREATE TABLE worked (reading INTEGER PRIMARY KEY REFERENCES readings (number)) STRICT;

-- Where each report has things from, and a sketch of its text.
CREATE TABLE lineages (
    number INTEGER PRIMARY KEY,
    report TEXT NOT NULL UNIQUE,
    body   TEXT NOT NULL,         -- JSON
    sketch BLOB NOT NULL
) STRICT;
CREATE TABLE sketch_keys (
    key     INTEGER NOT NULL,
    lineage INTEGER NOT NULL,
    PRIMARY KEY (key, lineage)
) STRICT, WITHOUT ROWID;

-- Near copies, the smaller id first.
CREATE TABLE kin (
    a    TEXT NOT NULL,
    b    TEXT NOT NULL,
    body TEXT NOT NULL,           -- JSON
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX kin_by_b ON kin (b);

-- Which reports spell a place how.
CREATE TABLE spellings (
    place    TEXT    NOT NULL,
    spelling TEXT    NOT NULL,
    report   TEXT    NOT NULL,
    known    INTEGER NOT NULL,    -- whether the gazetteer has it
    PRIMARY KEY (place, spelling, report)
) STRICT, WITHOUT ROWID;

-- What is stated, and which of two states more.
CREATE TABLE propositions (
    number INTEGER PRIMARY KEY,
    id     TEXT    NOT NULL UNIQUE,
    body   TEXT    NOT NULL,      -- JSON
    dirty  INTEGER NOT NULL       -- 1: its findings are to be made again
) STRICT;
CREATE INDEX propositions_dirty ON propositions (number) WHERE dirty;
CREATE TABLE terms (
    term        INTEGER NOT NULL, -- a hash of role and key: its own and all they lie within
    proposition INTEGER NOT NULL,
    own         INTEGER NOT NULL,
    PRIMARY KEY (term, proposition)
) STRICT, WITHOUT ROWID;
CREATE TABLE entails (
    wider    INTEGER NOT NULL,
    narrower INTEGER NOT NULL,
    PRIMARY KEY (wider, narrower)
) STRICT, WITHOUT ROWID;
CREATE INDEX entails_up ON entails (narrower);

-- Which claim states what. A stance is filed under what it is about.
CREATE TABLE stated (
    claim       INTEGER PRIMARY KEY REFERENCES claims (number),
    proposition INTEGER NOT NULL,
    against     INTEGER NOT NULL  -- 1: it denies, doubts or takes a stance
) STRICT;
CREATE INDEX stated_by_proposition ON stated (proposition, against);

-- The findings, with what they are looked up by.
CREATE TABLE findings (
    id          TEXT    PRIMARY KEY,
    proposition INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    first_day   TEXT,
    last_day    TEXT,
    last_seen   TEXT,
    established INTEGER NOT NULL,
    publishers  INTEGER NOT NULL,
    disputed    INTEGER NOT NULL,
    about       TEXT    NOT NULL, -- folded, as in lookups
    places      TEXT    NOT NULL,
    says        TEXT    NOT NULL,
    body        TEXT    NOT NULL  -- JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_by_proposition ON findings (proposition);
CREATE INDEX findings_in_order ON findings (established DESC, publishers DESC, id);

-- Editions of one page.
CREATE INDEX reports_by_url ON reports (url) WHERE url IS NOT NULL;
