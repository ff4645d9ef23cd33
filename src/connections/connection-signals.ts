/** Told to every process when a connection, or its tokens, are changed or deleted; the payload is its UUID. */
export const CONNECTIONS_CHANNEL = 'hookline_connections';

/** The job that lets runs go on which waited for a connection: `{id}`, its UUID. */
export const CONNECTION_READY_JOB = 'connection-ready';
