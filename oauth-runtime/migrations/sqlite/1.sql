-- Version 1. Times are milliseconds since 1970, by the clock of SQLite.

CREATE TABLE oauth_schema (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT;

-- A key has one row: what it holds, until when, and who has its lease until when.
CREATE TABLE oauth_rows (
    key TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL CHECK (version > 0),
    value BLOB NOT NULL,
    until INTEGER NOT NULL,
    owner TEXT,
    lease_until INTEGER,
    CHECK ((owner IS NULL) = (lease_until IS NULL))
) STRICT;

CREATE INDEX oauth_rows_until ON oauth_rows (until);

-- The keys of the rows that are listed under a name.
CREATE TABLE oauth_indexes (
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX oauth_indexes_key ON oauth_indexes (key);

-- A trigger, not a foreign key: those are off unless a connection turns them on.
CREATE TRIGGER oauth_rows_forgotten AFTER DELETE ON oauth_rows BEGIN
    DELETE FROM oauth_indexes WHERE key = old.key;
END;
