-- Running runs whose owner is on no list: their process died while its last statement was still being committed, after
-- the takeover had looked. Rare, so looked for rarely.
update runs set state = 1, owner = null, fence = fence + 1, due_at = now()
where ended_at is null and state = 2 and not exists (select from workers where workers.id = runs.owner)
returning id
