import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first schema. What grows with every event (events, runs, attempts and their payloads) is partitioned by day on
 * its UUIDv7 key, so that retention drops a partition and a look-up finds its day in the id. `platform/database`
 * makes the daily partitions; rows outside of them land in the default one. Payloads live apart from metadata: they
 * are big, kept for a shorter time, and no list reads them.
 */
export class InitialSchema1795300000000 implements MigrationInterface {
  name = 'InitialSchema1795300000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table workers (
        id integer primary key,
        role text not null,
        pool_id text,
        started_at timestamptz not null default now(),
        beat_at timestamptz not null default now()
      )`);
    await db.query(`create sequence worker_ids as integer`);

    await db.query(`
      create table api_keys (
        id uuid primary key,
        name text not null,
        role text not null,
        hash bytea not null unique,
        hint text not null,
        created_at timestamptz not null default now(),
        created_by text not null,
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz
      )`);
    await db.query(`
      create table sessions (
        hash bytea primary key,
        api_key_id uuid references api_keys (id),
        name text not null,
        role text not null,
        created_at timestamptz not null default now(),
        seen_at timestamptz not null default now(),
        expires_at timestamptz not null
      )`);
    await db.query(`create index sessions_expiry on sessions (expires_at)`);

    // Immutable definitions by content: a run points at the one it runs, whatever becomes of the integration.
    await db.query(`
      create table definitions (
        id integer generated always as identity primary key,
        hash bytea not null unique,
        body text not null
      )`);
    await db.query(`
      create table integrations (
        id uuid primary key,
        name text not null,
        description text not null default '',
        origin text not null default 'native',
        is_on boolean not null default false,
        archived_at timestamptz(3),
        revision integer not null default 1,
        draft text not null,
        connectors text[] not null,
        published_version integer,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        created_by text not null
      )`);
    await db.query(`create index integrations_list on integrations (origin, id)`);
    await db.query(`
      create table integration_versions (
        integration_id uuid not null references integrations (id) on delete cascade,
        number integer not null,
        definition_id integer not null references definitions (id),
        note text not null default '',
        created_at timestamptz(3) not null default now(),
        created_by text not null,
        primary key (integration_id, number)
      )`);
    // One row. Whatever changes which integrations an event starts adds one; accept compares it with the number its
    // match index was read at, so that an event can never be matched against yesterday's integrations.
    await db.query(`create table match_epoch (epoch bigint not null)`);
    await db.query(`insert into match_epoch values (1)`);
    // An accept holds the lock until its commit, so whoever changes the epoch (and takes the lock first) afterwards sees
    // every run that was made under the old one. Advisory, because an UPDATE would starve behind ever new FOR SHARE locks
    // of the row; a volatile function, because its query sees what was committed while it waited for the lock.
    await db.query(`
      create function match_epoch_is(known bigint) returns boolean language plpgsql volatile as $$
      begin
        perform pg_advisory_xact_lock_shared(8, 0);
        return exists (select from match_epoch where epoch = known);
      end $$`);

    await db.query(`
      create table event_keys (
        source text not null,
        external_id text not null,
        event_id uuid not null,
        content_hash bytea not null,
        primary key (source, external_id)
      )`);
    await db.query(`
      create table events (
        id uuid primary key,
        type text not null,
        source text not null,
        subject text,
        external_id text,
        ordering_key text,
        occurred_at timestamptz not null,
        received_at timestamptz not null default now(),
        data_bytes integer not null,
        run_ids uuid[] not null,
        held_run_ids uuid[] not null,
        passed_over text
      ) partition by range (id)`);
    await db.query(`create table events_default partition of events default`);
    await db.query(`
      create table event_payloads (
        event_id uuid primary key,
        data text not null
      ) partition by range (event_id)`);
    await db.query(`create table event_payloads_default partition of event_payloads default`);

    await db.query(`create sequence run_numbers`);
    await db.query(`
      create table runs (
        id uuid primary key,
        number bigint not null default nextval('run_numbers'),
        event_id uuid not null,
        integration_id uuid not null,
        version integer,
        definition_id integer not null,
        lane integer not null,
        state smallint not null,
        fence integer not null default 0,
        owner integer,
        due_at timestamptz not null default now(),
        depth smallint not null default 0,
        test boolean not null default false,
        held_at timestamptz,
        replay_of uuid,
        chain_id uuid not null,
        reason text,
        error_code text,
        error_message text,
        created_at timestamptz not null default now(),
        started_at timestamptz,
        ended_at timestamptz
      ) partition by range (id)`);
    // Queue, delays and recovery in one small index: a run enters it once and leaves it when it ends, so a claim
    // changes no indexed column (a HOT update).
    await db.query(`create index runs_live on runs (lane, due_at) where ended_at is null`);
    await db.query(`create index runs_list on runs (integration_id, id)`);
    await db.query(`create index runs_held on runs (integration_id, id) where held_at is not null`);
    await db.query(`create index runs_replays on runs (event_id) where replay_of is not null or test`);
    await db.query(`create table runs_default partition of runs default with (fillfactor = 80)`);

    // An attempt is two rows that never change: what was about to be sent, and how it ended. One without an end is under
    // way, or its process died. (Updating one row instead cost more WAL, left a dead row each time, and made the hot
    // statement open the partition of every day.)
    await db.query(`
      create table attempts (
        run_id uuid not null,
        step text not null,
        number smallint not null,
        id uuid not null,
        fence integer not null,
        started_at timestamptz not null default now(),
        method text,
        url text,
        request_bytes integer,
        primary key (run_id, step, number)
      ) partition by range (run_id)`);
    await db.query(`create table attempts_default partition of attempts default`);
    await db.query(`
      create table attempt_ends (
        run_id uuid not null,
        step text not null,
        number smallint not null,
        state smallint not null,
        ended_at timestamptz not null default now(),
        duration_us integer,
        status smallint,
        response_bytes integer,
        remote_address text,
        dns_us integer,
        connect_us integer,
        first_byte_us integer,
        error_code text,
        error_message text,
        next_attempt_at timestamptz,
        primary key (run_id, step, number)
      ) partition by range (run_id)`);
    await db.query(`create table attempt_ends_default partition of attempt_ends default`);
    // part: 1 the request as sent (secrets masked), 2 the response. Bodies may be any bytes.
    await db.query(`
      create table attempt_payloads (
        run_id uuid not null,
        step text not null,
        number smallint not null,
        part smallint not null,
        headers text,
        body bytea,
        truncated boolean not null default false,
        primary key (run_id, step, number, part)
      ) partition by range (run_id)`);
    await db.query(`create table attempt_payloads_default partition of attempt_payloads default`);

    await db.query(`
      create function refuse_change_of_ended_run() returns trigger language plpgsql as $$
      begin
        raise exception 'run % has ended: its state cannot change', old.id using errcode = 'check_violation';
      end $$`);
    await db.query(`
      create trigger runs_terminal before update on runs for each row
      when (old.state >= 4) execute function refuse_change_of_ended_run()`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
