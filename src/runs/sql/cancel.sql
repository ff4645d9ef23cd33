-- Ends a run that is not over. The caller holds the row's lock, so no attempt can begin or end meanwhile. The new fence
-- refuses whatever its worker still writes; the attempt in flight gets the end that its worker may not write any more.
with mine as (
    update runs set state = 6, owner = null, fence = fence + 1, held_at = null, reason = null, ended_at = now(),
      error_code = 'canceled', error_message = $2
    where id = $1 and state < 4
    returning id),
  cut as (
    insert into attempt_ends (run_id, step, number, state, duration_us, error_code, error_message)
    select a.run_id, a.step, a.number, 3,
           least(extract(epoch from clock_timestamp() - a.started_at) * 1000000, 2147483647)::int, 'canceled', $2
    from mine join attempts a on a.run_id = $1
    where not exists (
      select from attempt_ends e where e.run_id = $1 and e.step = a.step and e.number = a.number)
    returning step)
select count(*)::int as canceled from mine
