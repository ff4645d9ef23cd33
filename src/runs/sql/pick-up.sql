-- A run that somebody ran before: its attempts, oldest first, with the answers of the successful ones. Attempts still
-- open when their process died become unknown (4). The fence makes sure that the run is still ours.
with mine as (select id from runs where id = $1 and fence = $2 and state = 2 for no key update),
  lost as (
    update attempts set state = 4 from mine where attempts.run_id = mine.id and attempts.state = 1
    returning attempts.id)
select a.step, a.number, a.status, a.duration_us, a.error_code, a.error_message, a.id,
       case when a.id in (select id from lost) then 4 else a.state end as state, p.headers, p.body
from mine
join attempts a on a.run_id = mine.id
left join attempt_payloads p on a.state = 2 and p.run_id = a.run_id and p.step = a.step and p.number = a.number and p.part = 2
order by a.id
