import pg from 'pg';

/**
 * A client that closes its connection when an answer does not come within `query_timeout`. The driver only gives up
 * the statement: the connection, half open for all we know, would go back to its pool and hold up the next one.
 */
export class BoundedClient extends pg.Client {
  // The driver has seven overloads; all that matters here is whether the answer goes to a callback or to a promise.
  override query(...args: unknown[]): never {
    const send = super.query.bind(this) as (...args: unknown[]) => unknown;
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      const judged = (error: unknown, result: unknown): void => {
        this.closeIfSilent(error);
        (callback as (error: unknown, result: unknown) => void)(error, result);
      };
      return send(...args.slice(0, -1), judged) as never;
    }
    const answer = send(...args);
    if (answer instanceof Promise) answer.catch((error: unknown) => this.closeIfSilent(error));
    return answer as never;
  }

  private closeIfSilent(error: unknown): void {
    if ((error as Error | null)?.message === 'Query read timeout') this.connection.stream.destroy();
  }
}
