import type { Migration } from "./migration.ts";

/** Of each trigger that sees a new state. */
const NOTE_EVENT =
  "INSERT INTO job_events (job_id, version, status, at) VALUES (NEW.id, NEW.version, NEW.status, NEW.changed_at);";

/** Of each trigger that sees an end that counts. */
const ADD_TO_TOTALS = `INSERT INTO daily_totals (key_id, day, account, completed, failed, tokens, duration_ms)
      VALUES (NEW.key_id, NEW.completed_at - NEW.completed_at % 86400000, NEW.account,
              NEW.status = 'completed', NEW.status = 'failed', NEW.tokens, coalesce(NEW.duration_ms, 0))
      ON CONFLICT (key_id, day) DO UPDATE SET
        completed = completed + excluded.completed, failed = failed + excluded.failed,
        tokens = tokens + excluded.tokens, duration_ms = duration_ms + excluded.duration_ms;`;

/**
 * Jobs, what they leave, and what is counted. Events and daily totals are written by triggers, so that no change of a
 * job's state can be committed without them.
 */
export const jobs: Migration = {
  version: 2,
  name: "jobs",
  sqlite: `
    CREATE TABLE jobs (
      id                TEXT    NOT NULL PRIMARY KEY,
      account           TEXT    NOT NULL,
      key_id            TEXT    NOT NULL,
      mode              TEXT    NOT NULL CHECK (mode IN ('sync', 'async')),
      status            TEXT    NOT NULL CHECK (status IN ('queued', 'processing', 'completed', 'failed', 'cancelled')),
      url               TEXT    NOT NULL,
      host              TEXT    NOT NULL,
      formats           TEXT    NOT NULL,
      request           TEXT,
      request_id        TEXT    NOT NULL,
      created_at        INTEGER NOT NULL,
      changed_at        INTEGER NOT NULL,
      version           INTEGER NOT NULL,
      worker_id         TEXT,
      fence             INTEGER NOT NULL DEFAULT 0,
      deaths            INTEGER NOT NULL DEFAULT 0,
      completed_at      INTEGER,
      duration_ms       INTEGER,
      tokens            INTEGER,
      error             TEXT,
      result_expires_at INTEGER,
      CHECK ((status IN ('queued', 'processing')) = (completed_at IS NULL)),
      CHECK ((status IN ('queued', 'processing')) = (tokens IS NULL)),
      CHECK ((status IN ('queued', 'processing')) = (result_expires_at IS NULL)),
      CHECK ((status = 'processing') = (worker_id IS NOT NULL)),
      CHECK ((status IN ('queued', 'processing')) = (request IS NOT NULL)),
      CHECK (status = 'completed' OR coalesce(tokens, 0) = 0)
    ) STRICT;
    CREATE INDEX jobs_waiting ON jobs (key_id, id, host) WHERE status = 'queued';
    CREATE INDEX jobs_running ON jobs (worker_id) WHERE status = 'processing';
    CREATE INDEX jobs_open ON jobs (key_id, status) WHERE status IN ('queued', 'processing');
    CREATE INDEX jobs_by_account ON jobs (account, created_at, id, status);
    CREATE INDEX jobs_ended ON jobs (completed_at) WHERE completed_at IS NOT NULL;

    CREATE TABLE results (
      job_id     TEXT    NOT NULL PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
      metadata   TEXT,
      data       BLOB,
      expires_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX results_by_expiry ON results (expires_at);

    CREATE TABLE job_events (
      job_id  TEXT    NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
      version INTEGER NOT NULL,
      status  TEXT    NOT NULL,
      at      INTEGER NOT NULL,
      PRIMARY KEY (job_id, version)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE daily_totals (
      key_id      TEXT    NOT NULL,
      day         INTEGER NOT NULL,
      account     TEXT    NOT NULL,
      completed   INTEGER NOT NULL,
      failed      INTEGER NOT NULL,
      tokens      INTEGER NOT NULL,
      duration_ms INTEGER NOT NULL,
      PRIMARY KEY (key_id, day)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX daily_totals_by_account ON daily_totals (account, day);
    CREATE INDEX daily_totals_by_age ON daily_totals (day);

    CREATE TABLE workers (
      id          TEXT    NOT NULL PRIMARY KEY,
      lease_until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE idempotency_keys (
      account    TEXT    NOT NULL,
      key        TEXT    NOT NULL,
      body_hash  TEXT    NOT NULL,
      job_id     TEXT    NOT NULL,
      created_at INTEGER NOT NULL,
      PRIMARY KEY (account, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

    CREATE TRIGGER jobs_are_final BEFORE UPDATE OF status ON jobs
    WHEN OLD.completed_at IS NOT NULL AND NEW.status <> OLD.status
    BEGIN
      SELECT raise(ABORT, 'a final state never changes');
    END;

    CREATE TRIGGER jobs_inserted AFTER INSERT ON jobs
    BEGIN
      ${NOTE_EVENT}
    END;

    CREATE TRIGGER jobs_changed AFTER UPDATE OF status ON jobs
    WHEN NEW.status <> OLD.status
    BEGIN
      ${NOTE_EVENT}
    END;

    CREATE TRIGGER jobs_recorded AFTER INSERT ON jobs
    WHEN NEW.status IN ('completed', 'failed')
    BEGIN
      ${ADD_TO_TOTALS}
    END;

    CREATE TRIGGER jobs_counted AFTER UPDATE OF status ON jobs
    WHEN NEW.status IN ('completed', 'failed') AND OLD.completed_at IS NULL
    BEGIN
      ${ADD_TO_TOTALS}
    END;
  `,
};
