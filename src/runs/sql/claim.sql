-- The runs that a wake-up names, claimed for one worker ($2), as far as they still wait.
with due as (
    select id from runs where id = any($1::uuid[]) and state = 1 and due_at <= now() for no key update skip locked)
update runs set state = 2, owner = $2, fence = runs.fence + 1, reason = null, started_at = coalesce(runs.started_at, now())
from due join events e on true join event_payloads p on p.event_id = e.id
where runs.id = due.id and e.id = runs.event_id
returning runs.id, runs.number::text, runs.lane, runs.fence, runs.integration_id, runs.version, runs.definition_id, runs.chain_id,
  runs.started_at, runs.test, e.id as event_id, e.type, e.source, e.subject, e.occurred_at, p.data, p.request
