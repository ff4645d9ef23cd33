-- Runs that were claimed but not begun go back to the queue, for another worker to take at once.
update runs set state = 1, owner = null
from unnest($1::uuid[], $2::int[]) u (id, fence)
where runs.id = u.id and runs.fence = u.fence and runs.state = 2
