-- What people decided. A judgement is never changed; one that undoes it is added after it.
CREATE TABLE judgements (
    number INTEGER PRIMARY KEY,
    id     TEXT    NOT NULL UNIQUE, -- a digest of all that follows
    at     TEXT    NOT NULL,        -- RFC 3339, UTC
    who    TEXT    NOT NULL,
    why    TEXT    NOT NULL,
    verb   TEXT    NOT NULL,        -- same, differ, grade, accept, reject, undo
    matter TEXT    NOT NULL,        -- entity, proposition, origin, finding, source, claim, judgement
    first  TEXT    NOT NULL,        -- the first or only thing judged
    second TEXT                     -- the second, or the grade
) STRICT;

CREATE TRIGGER judgements_stay BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER judgements_keep BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
