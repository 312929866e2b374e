-- Names that no entity is known for, by what names that sound like them share. No evidence either: made again with the rest.
CREATE TABLE names (
    block TEXT NOT NULL,
    key   TEXT NOT NULL,          -- `name:<folded words>`
    name  TEXT NOT NULL,          -- as a claim has it
    sort  TEXT NOT NULL,
    PRIMARY KEY (block, key, name, sort)
) STRICT, WITHOUT ROWID;

-- What was worked out before knows no names.
DELETE FROM made;
