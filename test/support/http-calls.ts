import { EgressGuard } from '../../src/platform/http/egress-guard.js';
import { HttpClient, type HttpRequest, type HttpResult } from '../../src/platform/http/http.client.js';
import { startBadReceiver, type BadReceiver, type ReceiverOptions, type Script } from './bad-receiver.js';

/** A client that may call this machine, and the receiver it calls; `end` after each test leaves nothing open. */
export class HttpCalls {
  client = new HttpClient(new EgressGuard(['127.0.0.1']));
  /** The newest one. */
  receiver: BadReceiver;
  private readonly receivers: BadReceiver[] = [];

  readonly receive = async (script: Script, options?: ReceiverOptions): Promise<void> => {
    this.receiver = await startBadReceiver(script, options);
    this.receivers.push(this.receiver);
  };

  readonly send = (request: Partial<HttpRequest> = {}): Promise<HttpResult> =>
    this.client.send({
      method: 'GET',
      url: `${this.receiver.url}/a?b=c`,
      headers: [],
      body: null,
      timeoutMs: 5_000,
      maxResponseBytes: 1024 * 1024,
      ...request,
    });

  readonly end = async (): Promise<void> => {
    await this.client.close();
    await Promise.all(this.receivers.splice(0).map((each) => each.close()));
    this.client = new HttpClient(new EgressGuard(['127.0.0.1']));
  };
}

/** The error of a call that failed; throws if it did not. */
export function failure(result: HttpResult): { code: string; message: string; status: number | null } {
  if (result.kind === 'error') return { ...result.error, status: result.status };
  throw new Error(`expected an error, got status ${result.status}`);
}

/** The response of a call; throws if it failed. */
export function response(result: HttpResult): Extract<HttpResult, { kind: 'response' }> {
  if (result.kind === 'response') return result;
  throw new Error(`expected a response, got ${result.error.code}: ${result.error.message}`);
}
