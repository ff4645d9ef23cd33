import { readCurl } from '../../api/runs.js';
import type { Attempt, ReceivedResponse, Timings } from '../../api/types.js';
import { Exchange } from '../../exchange/exchange.js';
import { CopyButton } from '../../ui/copy-button.js';
import { formatDuration } from '../../ui/time.js';

/** Exactly what one try sent, beside exactly what it got. */
export function TryExchange({ runId, attempt }: { runId: string; attempt: Attempt }) {
  const { status, request, response, timings, remoteAddress, error } = attempt;
  return (
    <Exchange
      request={request}
      response={response}
      noResponse={status === 'started' ? 'Waiting for the answer…' : 'No answer came.'}
      copy={
        error?.code !== 'mapping' && (
          <CopyButton text={() => readCurl(runId, attempt.id)} label="Copy as cURL (C)" wide="cURL" shortcut="c" />
        )
      }
      timing={
        timings &&
        phasesOf(timings).map(([name, ms]) => (
          <span key={name} className="nums">
            {name} {formatDuration(ms)}
          </span>
        ))
      }
      foot={footOf(response, remoteAddress)}
    />
  );
}

function footOf(response: ReceivedResponse | null, remoteAddress: string | null): string | undefined {
  const from = response && remoteAddress ? `Answered by ${remoteAddress}.` : '';
  const cut = response?.truncated ? ' It was longer than is kept: the rest was cut off.' : '';
  const twice = response?.resent
    ? ' It was sent twice: the kept connection it went out on first was closed at once.'
    : '';
  return `${from}${twice}${cut}`.trim() || undefined;
}

/** The parts of a call one after the other; what took no time is left out. */
function phasesOf({ dnsMs, connectMs, firstByteMs, totalMs }: Timings): [string, number][] {
  const phases: [string, number][] = [
    ['Look-up', dnsMs],
    ['Connect', connectMs],
    ['First byte', firstByteMs],
  ];
  return [...phases.filter(([, ms]) => ms > 0), ['Total', totalMs]];
}
