-- The attempt, written before its call is made. The row lock on the run is the fence check: a takeover waits for it.
-- $11 and $12 are the least and the greatest run id: with them the executor opens the partitions of these days only, not
-- one for every day that is kept. "= any" beside them keeps the planner from reading all that lies between.
-- The same attempt again (an unknown commit, tried once more) is one attempt; another process's attempt is refused.
with u as (
    select * from unnest($1::uuid[], $2::int[], $3::text[], $4::smallint[], $5::uuid[], $6::text[], $7::text[], $8::text[],
                         $9::bytea[], $10::int[])
      u (run_id, fence, step, number, id, method, url, headers, body, bytes)),
  r as (
    select u.* from u join runs on runs.id = u.run_id
    where runs.id = any($1::uuid[]) and runs.id between $11::uuid and $12::uuid
      and runs.fence = u.fence and runs.state = 2
    for no key update of runs),
  a as (
    insert into attempts (run_id, step, number, id, fence, method, url, request_bytes)
    select run_id, step, number, id, fence, method, url, bytes from r
    on conflict (run_id, step, number) do update set fence = excluded.fence where attempts.id = excluded.id
    returning run_id),
  p as (
    insert into attempt_payloads (run_id, step, number, part, headers, body)
    select run_id, step, number, 1, headers, body from r where method is not null and run_id in (select run_id from a)
    on conflict do nothing)
select count(*)::int as done, case when count(*) < cardinality($1::uuid[]) then array_agg(run_id) end as ids from a
