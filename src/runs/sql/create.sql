-- Runs of events that are in the log already, queued. Results of earlier runs that they take over become attempts with
-- the number 0: copied, so that they outlive the run they are of, and found by pick-up like every other attempt; a fence
-- of 1 makes their first worker look for them.
-- $1–$10 and $15 one element per run, $11–$14 one per result: run, the run it is of, step, number of the attempt there.
with u as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::int[], $7::boolean[], $8::uuid[], $9::uuid[], $10::smallint[], $15::boolean[])
      with ordinality u (id, event_id, integration_id, version, definition_id, lane, test, replay_of, chain_id, depth, held, place)),
  t as (select * from unnest($11::uuid[], $12::uuid[], $13::text[], $14::smallint[]) t (run_id, source_id, step, number)),
  -- The last attempt becomes number 0. Where a step reads pages each one before that was a success brought a page: these
  -- come along, with the numbers below it.
  c as (
    select t.run_id, t.step, a.number - t.number as number, a.id, a.started_at, t.source_id, a.number as source_number
    from t join attempts a on a.run_id = t.source_id and a.step = t.step and a.number <= t.number
    where a.number = t.number or exists (
      select from attempt_ends e where e.run_id = t.source_id and e.step = t.step and e.number = a.number and e.state = 2)),
  r as (
    insert into runs (id, event_id, integration_id, version, definition_id, lane, state, fence, due_at, held_at, chain_id, depth,
                      test, replay_of, added)
    select id, event_id, integration_id, version, definition_id, lane, (not held)::int,
           (exists (select from t where t.run_id = u.id))::int,
           case when held then 'infinity' else now() + place * interval '1 microsecond' end, -- taken in this order
           case when held then now() end,
           chain_id, depth, test, replay_of, true
    from u),
  a as (
    insert into attempts (run_id, step, number, id, fence, started_at)
    select run_id, step, number, id, 0, started_at from c),
  e as (
    insert into attempt_ends (run_id, step, number, state, ended_at, duration_us, status, response_bytes, error_code, error_message)
    select c.run_id, c.step, c.number, e.state, e.ended_at, e.duration_us, e.status, e.response_bytes, e.error_code, e.error_message
    from c join attempt_ends e on e.run_id = c.source_id and e.step = c.step and e.number = c.source_number)
insert into attempt_payloads (run_id, step, number, part, headers, body, truncated)
select c.run_id, c.step, c.number, 2, p.headers, p.body, p.truncated
from c join attempt_payloads p on p.run_id = c.source_id and p.step = c.step and p.number = c.source_number and p.part = 2
