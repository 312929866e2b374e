-- Kinship by the numbers of lineages, found without reading what it says: of most pairs it is enough to know that nothing was lost between them.
DROP TABLE kin;
CREATE TABLE kin (
    number INTEGER PRIMARY KEY,
    a      INTEGER NOT NULL,      -- the one with the smaller report id
    b      INTEGER NOT NULL,
    lost   INTEGER NOT NULL,      -- 1: something was lost or changed between them
    body   TEXT    NOT NULL       -- JSON
) STRICT;
CREATE UNIQUE INDEX kin_by_a ON kin (a, b, lost);
CREATE INDEX kin_by_b ON kin (b, a, lost);
-- What is worked out is made again.
DELETE FROM made WHERE what = 'findings';
