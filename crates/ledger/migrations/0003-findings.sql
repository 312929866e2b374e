-- What is worked out from the claims: which of them state the same, what the reports have to do with each other, and what stands behind each
-- finding. Nothing here is evidence: all of it can be thrown away and made again from the tables of 0001 and 0002.

-- What the rest was made with (versions of rules and data); other versions make it all again.
CREATE TABLE made (
    what TEXT PRIMARY KEY,
    by   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Readings that are worked in, and those that may have to be: whatever is added to readings or passes puts them there, so that nobody has to
-- look through all readings for them.
CREATE TABLE worked (reading INTEGER PRIMARY KEY REFERENCES readings (number)) STRICT;
CREATE TABLE waiting (reading INTEGER PRIMARY KEY REFERENCES readings (number)) STRICT;
INSERT INTO waiting SELECT number FROM readings;
CREATE TRIGGER readings_wait AFTER INSERT ON readings BEGIN INSERT OR IGNORE INTO waiting VALUES (NEW.number); END;
CREATE TRIGGER passes_wait AFTER INSERT ON passes BEGIN
    INSERT OR IGNORE INTO waiting SELECT number FROM readings WHERE capture = NEW.capture;
END;

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
    PRIMARY KEY (place, report, spelling)
) STRICT, WITHOUT ROWID;
-- How many they are, so that nobody has to count.
CREATE TABLE spelled (
    place    TEXT    NOT NULL,
    spelling TEXT    NOT NULL,
    reports  INTEGER NOT NULL,
    known    INTEGER NOT NULL,    -- whether the gazetteer has it
    PRIMARY KEY (place, spelling)
) STRICT, WITHOUT ROWID;
CREATE TABLE placed (
    place   TEXT    PRIMARY KEY,
    reports INTEGER NOT NULL      -- that name it
) STRICT, WITHOUT ROWID;

-- What is stated, and which of two states more.
CREATE TABLE propositions (
    number INTEGER PRIMARY KEY,
    id     TEXT    NOT NULL UNIQUE,
    body   TEXT    NOT NULL,      -- JSON
    dirty  INTEGER NOT NULL,      -- 1: its findings are to be made again
    heeded INTEGER NOT NULL DEFAULT 0 -- its rows in heeded
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
    against     INTEGER NOT NULL, -- 1: it denies, doubts or takes a stance
    at          TEXT    NOT NULL, -- when its report came out; ~: not known, so that it comes last
    lot         INTEGER NOT NULL  -- a hash of the report: the order of those of one time
) STRICT;
CREATE INDEX stated_by_proposition ON stated (proposition, against);
-- Of the claims that affirm something narrower those that a proposition counts: the first in the order of publication, and no more than some.
CREATE TABLE heeded (
    wider INTEGER NOT NULL,
    at    TEXT    NOT NULL,
    lot   INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    PRIMARY KEY (wider, at, lot, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX heeded_by_claim ON heeded (claim);
-- Claims of readings of which a newer one of the same report is worked in; a claim of one that stands again all the same is counted where it is
-- stated, and not where it is narrower.
CREATE TABLE superseded (claim INTEGER PRIMARY KEY) STRICT;

-- The findings, in the order in which they are shown; what they say lies apart, so that looking for some does not read it.
CREATE TABLE findings (
    number      INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    proposition INTEGER NOT NULL,
    established INTEGER NOT NULL,
    publishers  INTEGER NOT NULL,
    first_day   TEXT,
    last_day    TEXT,
    last_seen   TEXT,
    words       INTEGER NOT NULL  -- a hash of its row in finding_words
) STRICT;
CREATE INDEX findings_by_proposition ON findings (proposition);
CREATE INDEX findings_in_order ON findings (established DESC, publishers DESC, id, first_day, last_day);
CREATE TABLE finding_bodies (
    finding INTEGER PRIMARY KEY,
    body    TEXT    NOT NULL      -- JSON
) STRICT;
-- What they are looked up by: names folded as in lookups, parted by a word that is none; the kind, and a word for what is disputed.
CREATE VIRTUAL TABLE finding_words USING fts5 (about, places, says, marks, content = '', contentless_delete = 1, tokenize = 'ascii');

-- Editions of one page.
CREATE INDEX reports_by_url ON reports (url) WHERE url IS NOT NULL;

-- Names that no entity is known for, by what names that sound like them share. No evidence either: made again with the rest.
CREATE TABLE names (
    block TEXT NOT NULL,
    key   TEXT NOT NULL,          -- `name:<folded words>`
    name  TEXT NOT NULL,          -- as a claim has it
    sort  TEXT NOT NULL,
    PRIMARY KEY (block, key, name, sort)
) STRICT, WITHOUT ROWID;
