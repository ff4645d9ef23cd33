-- A run that somebody ran before: its attempts, oldest first, with the answers of the successful ones. Attempts still
-- open when their process died end as unknown (4). The fence makes sure that the run is still ours.
with mine as (select id from runs where id = $1 and fence = $2 and state = 2 for no key update),
  lost as (
    insert into attempt_ends (run_id, step, number, state)
    select a.run_id, a.step, a.number, 4
    from mine join attempts a on a.run_id = $1
    where not exists (
      select from attempt_ends e where e.run_id = $1 and e.step = a.step and e.number = a.number)
    returning step, number)
select a.step, a.number, coalesce(e.state, 4) as state, e.status, e.duration_us, e.error_code, e.error_message,
  e.next_attempt_at is not null as retried, p.headers, p.body
from mine
join attempts a on a.run_id = $1
left join attempt_ends e on e.run_id = $1 and e.step = a.step and e.number = a.number
left join attempt_payloads p on e.state = 2 and p.run_id = $1 and p.step = a.step and p.number = a.number and p.part = 2
order by a.id
