import type { SignedRequest } from '../connections/sign-in.js';
import type { BuiltRequest } from '../connectors/action.js';
import type { RunError } from '../core/run.js';

interface Answer {
  headers: [string, string][];
  body: Buffer;
}

/**
 * An answer as it may be recorded and read: what it repeats of the credentials of its request is masked. The very same
 * headers and body where it repeats nothing. Files are kept byte for byte: they are sent on, not shown.
 */
export function shownAnswer(request: BuiltRequest | SignedRequest, { headers, body }: Answer): Answer {
  const answer = { headers, body };
  return 'echoes' in request && request.echoes ? request.echoes.answer(answer) : answer;
}

export function withoutEcho(request: BuiltRequest | SignedRequest, error: RunError): RunError {
  return 'echoes' in request && request.echoes ? { ...error, message: request.echoes.text(error.message) } : error;
}
