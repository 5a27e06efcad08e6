-- Version 1. Times are milliseconds since 1970, by the clock of the server.

CREATE TABLE oauth_schema (
    id integer PRIMARY KEY CHECK (id = 1),
    version bigint NOT NULL
);

-- A key has one row: what it holds, until when, and who has its lease until when.
CREATE TABLE oauth_rows (
    key text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    value bytea NOT NULL,
    until bigint NOT NULL,
    owner text COLLATE "C",
    lease_until bigint,
    CHECK ((owner IS NULL) = (lease_until IS NULL))
);

CREATE INDEX oauth_rows_until ON oauth_rows (until);

-- The keys of the rows that are listed under a name.
CREATE TABLE oauth_indexes (
    name text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL REFERENCES oauth_rows ON DELETE CASCADE,
    PRIMARY KEY (name, key)
);

CREATE INDEX oauth_indexes_key ON oauth_indexes (key);
