-- One commit for a batch of events: each event, its payload, and one run for every integration that it starts.
-- Answers: did the caller match against the integrations of now (fresh)? which keyed events are new? the run numbers.
-- $1–$12 one element per event, $23–$25 too or empty (then all null), $13–$20 one per run; owner is null where the run waits for a worker.
-- With $22, one wake-up for the whole batch (an API-only process; a NOTIFY per run cost more than the runs themselves).
with fresh as materialized (select 1 where match_epoch_is($21::bigint)),
  ev as (
    select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
                         $8::text[], $9::bytea[], $10::text[], $11::text[], $12::text[], $23::text[], $24::text[], $25::text[])
      ev (id, type, source, subject, external_id, ordering_key, occurred_at, data, content_hash, run_ids, held_run_ids, passed_over,
          request, schema_faults, attributes)
    where exists (select from fresh)),
  keyed as (
    insert into event_keys (source, external_id, event_id, content_hash)
    -- Sorted, so that two batches that share keys wait for each other instead of deadlocking.
    select source, external_id, id, content_hash from ev where external_id is not null order by source, external_id
    on conflict do nothing
    returning event_id),
  new as (select * from ev where external_id is null or id in (select event_id from keyed)),
  e as (
    insert into events (id, type, source, subject, external_id, ordering_key, occurred_at, data_bytes, run_ids, held_run_ids, passed_over)
    select id, type, source, subject, external_id, ordering_key, occurred_at, octet_length(data),
           run_ids::uuid[], held_run_ids::uuid[], passed_over
    from new),
  p as (
    insert into event_payloads (event_id, data, request, schema_faults, attributes)
    select id, data, request, schema_faults, attributes from new),
  r as (
    insert into runs (id, event_id, integration_id, version, definition_id, lane, state, owner, fence, due_at, held_at, chain_id, started_at)
    select r.id, r.event_id, r.integration_id, r.version, r.definition_id, r.lane, r.state, r.owner,
           (r.owner is not null)::int,
           case when r.state = 0 then 'infinity'::timestamptz else now() end,
           case when r.state = 0 then now() end,
           r.id,
           case when r.owner is not null then now() end
    from unnest($13::uuid[], $14::uuid[], $15::uuid[], $16::int[], $17::int[], $18::int[], $19::int[], $20::smallint[])
      r (id, event_id, integration_id, version, definition_id, lane, owner, state)
    where r.event_id in (select id from new)
    returning id, number, lane, state)
select exists (select from fresh) as fresh,
       (select array_agg(event_id) from keyed) as keyed_ids,
       (select array_agg(id) from r) as run_ids,
       (select array_agg(number) from r) as run_numbers,
       case when $22::boolean and exists (select from r where state = 1) then
         (select (graphile_worker.add_job('wake', (
            select json_build_object('ids', json_agg(id), 'lanes', json_agg(lane)) from r where state = 1))).id)
       end as job_id
