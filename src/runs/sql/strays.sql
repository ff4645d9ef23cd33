-- Runs that their own worker knows nothing of go back to the queue; the new fence refuses it, should it remember after all.
update runs set state = 1, owner = null, fence = runs.fence + 1, due_at = now()
from unnest($1::uuid[], $2::int[]) u (id, fence)
where runs.id = u.id and runs.fence = u.fence and runs.state = 2
