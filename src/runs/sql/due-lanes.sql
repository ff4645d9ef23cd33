-- Lanes that have a run due now. A loose index scan over runs_live: one probe a lane, so a deep backlog costs nothing.
with recursive lanes as (
    (select lane from runs where ended_at is null and state in (1, 3) and due_at <= now() order by lane limit 1)
  union all
    select (select runs.lane from runs
            where ended_at is null and state in (1, 3) and due_at <= now() and runs.lane > lanes.lane
            order by runs.lane limit 1)
    from lanes where lanes.lane is not null)
select lane from lanes where lane is not null limit 10000
