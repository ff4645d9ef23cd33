-- The end of one attempt together with what follows from it: the next attempt, a wait, or the end of the run.
-- One commit for all runs of the batch. A run that another process has taken over, or that has ended, is left alone
-- and is missing from the answer. Sent twice (an unknown commit, tried once more) it changes nothing the second time.
-- $31 and $32 are the least and the greatest run id, as in begin.
with u as (
    select * from unnest(
        $1::uuid[], $2::int[], $3::text[], $4::smallint[], $5::smallint[], $6::smallint[], $7::int[], $8::int[], $9::int[], $10::int[],
        $11::text[], $12::text[], $13::bytea[], $14::int[], $15::boolean[], $16::text[], $17::text[],
        $18::smallint[], $19::float8[], $20::text[], $21::text[], $22::text[],
        $23::text[], $24::smallint[], $25::uuid[], $26::text[], $27::text[], $28::text[], $29::bytea[], $30::int[])
      u (run_id, fence, step, number, attempt_state, status, duration_us, dns_us, connect_us, first_byte_us,
         remote_address, response_headers, response_body, response_bytes, truncated, error_code, error_message,
         run_state, delay_ms, reason, run_error_code, run_error_message,
         next_step, next_number, next_id, method, url, request_headers, request_body, request_bytes)),
  r as (
    -- runs.state < 4 and not "ended_at is null": the planner would read the whole partial index for that (2x slower).
    update runs set
      state = u.run_state,
      reason = u.reason,
      due_at = coalesce(now() + make_interval(secs => u.delay_ms / 1000), runs.due_at),
      owner = case when u.run_state = 2 then runs.owner end,
      ended_at = case when u.run_state >= 4 then now() end,
      error_code = u.run_error_code,
      error_message = u.run_error_message
    from u
    where runs.id = u.run_id and runs.id = any($1::uuid[]) and runs.id between $31::uuid and $32::uuid
      and runs.fence = u.fence and runs.state < 4
    returning u.*),
  a as (
    insert into attempt_ends (run_id, step, number, state, duration_us, status, response_bytes, remote_address,
                              dns_us, connect_us, first_byte_us, error_code, error_message, next_attempt_at)
    select run_id, step, number, attempt_state, duration_us, status, response_bytes, remote_address,
           dns_us, connect_us, first_byte_us, error_code, error_message,
           case when reason = 'retry' then now() + make_interval(secs => delay_ms / 1000) end
    from r where step is not null
    on conflict do nothing),
  p as (
    insert into attempt_payloads (run_id, step, number, part, headers, body, truncated)
    select run_id, step, number, 2, response_headers, response_body, truncated from r where response_headers is not null
    union all
    select run_id, next_step, next_number, 1, request_headers, request_body, false from r where method is not null
    on conflict do nothing),
  n as (
    insert into attempts (run_id, step, number, id, fence, method, url, request_bytes)
    select run_id, next_step, next_number, next_id, fence, method, url, request_bytes from r where next_step is not null
    on conflict do nothing)
select count(*)::int as done, case when count(*) < cardinality($1::uuid[]) then array_agg(run_id) end as ids from r
