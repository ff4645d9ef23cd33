-- Due runs of all lanes that have room, oldest first, claimed for one worker ($3) with what it needs to run them.
-- Only queued (1) and waiting (3) runs: claiming running ones would steal them from their living owner.
with wanted as (select * from unnest($1::int[], $2::int[]) w (lane, room)),
  due as (
    select r.id from wanted w cross join lateral (
      select runs.id from runs
      where runs.lane = w.lane and runs.ended_at is null and runs.due_at <= now() and runs.state in (1, 3)
      order by runs.due_at
      limit w.room
      for no key update skip locked) r)
update runs set state = 2, owner = $3, fence = runs.fence + 1, reason = null, started_at = coalesce(runs.started_at, now())
from due join events e on true join event_payloads p on p.event_id = e.id
where runs.id = due.id and e.id = runs.event_id
returning runs.id, runs.number::text, runs.lane, runs.fence, runs.integration_id, runs.version, runs.definition_id, runs.chain_id,
  runs.started_at, runs.test, e.id as event_id, e.type, e.source, e.subject, e.occurred_at, p.data, p.request
