-- Workers that are gone (their advisory lock is free, or they have not been heard of for $2 seconds) leave the list, and
-- what they ran is queued again under a new fence: whatever they still write is refused from here on.
with dead as (
    delete from workers
    where id <> $1 and (beat_at < now() - make_interval(secs => $2) or pg_try_advisory_xact_lock(7, id))
    returning id, pool_id),
  r as (
    update runs set state = 1, owner = null, fence = runs.fence + 1, due_at = now()
    from dead
    where runs.owner = dead.id and runs.ended_at is null and runs.state = 2
    returning runs.id),
  jobs as (
    select graphile_worker.force_unlock_workers(array_agg(pool_id)) from dead where pool_id is not null having count(*) > 0)
select (select count(*)::int from dead) as workers, (select count(*)::int from r) as runs, (select count(*)::int from jobs) as jobs
