-- What a worker owns, by the database.
select id, fence from runs where ended_at is null and state = 2 and owner = $1
