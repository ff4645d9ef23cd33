import type { StepTestAnswer } from '../../../api/types.js';
import { causeOf } from '../../../exchange/cause.js';
import { Exchange } from '../../../exchange/exchange.js';
import { Callout } from '../../../ui/callout.js';
import { IconAlertCircleFilled } from '../../../ui/icons.js';
import { formatDuration } from '../../../ui/time.js';

/** The exact request of a test beside the exact answer, with the cause in words where it failed. */
export function TestAnswer({ answer, isPreview }: { answer: StepTestAnswer; isPreview: boolean }) {
  const { request, response, error } = answer;
  return (
    <>
      {error && <TestCause answer={answer} />}
      <Exchange
        request={request}
        response={response}
        noRequest="No request could be built."
        noResponse={isPreview ? 'A preview sends nothing.' : 'No answer came.'}
        timing={response && <span className="nums">Total {formatDuration(response.durationMs)}</span>}
      />
    </>
  );
}

function TestCause({ answer: { request, response, error } }: { answer: StepTestAnswer }) {
  if (!error) return null;
  const { title, advice } = causeOf(error, { request, response } as Parameters<typeof causeOf>[1], 1);
  return (
    <Callout
      tone="er"
      role="alert"
      icon={<IconAlertCircleFilled size={18} aria-hidden />}
      title={title}
      code={error.code}
    >
      <p className="foreign">{error.message}</p>
      {advice && <p>{advice}</p>}
    </Callout>
  );
}
