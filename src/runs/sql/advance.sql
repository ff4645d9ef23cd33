-- The end of one attempt together with what follows from it: the next attempt, a wait, or the end of the run.
-- One commit for all runs of the batch. A run that another process has taken over, or that has ended, is left alone
-- and is missing from the answer. Sent twice (an unknown commit, tried once more) it changes nothing the second time.
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
    where runs.id = u.run_id and runs.fence = u.fence and runs.state < 4
    returning u.*),
  a as (
    update attempts set
      state = r.attempt_state, status = r.status, duration_us = r.duration_us, dns_us = r.dns_us, connect_us = r.connect_us,
      first_byte_us = r.first_byte_us, remote_address = r.remote_address, response_bytes = r.response_bytes,
      error_code = r.error_code, error_message = r.error_message,
      next_attempt_at = now() + make_interval(secs => r.delay_ms / 1000)
    from r
    where attempts.run_id = r.run_id and attempts.step = r.step and attempts.number = r.number and attempts.state = 1),
  p as (
    insert into attempt_payloads (run_id, step, number, part, headers, body, truncated)
    select run_id, step, number, 2, response_headers, response_body, truncated from r where response_headers is not null
    union all
    select run_id, next_step, next_number, 1, request_headers, request_body, false from r where method is not null
    on conflict do nothing),
  n as (
    insert into attempts (run_id, step, number, id, state, fence, method, url, request_bytes)
    select run_id, next_step, next_number, next_id, 1, fence, method, url, request_bytes from r where next_step is not null
    on conflict do nothing)
select count(*)::int as done, case when count(*) < cardinality($1::uuid[]) then array_agg(run_id) end as ids from r
