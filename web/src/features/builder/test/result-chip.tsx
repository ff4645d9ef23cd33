import { Chip } from '../../../ui/chip.js';
import { answerOf, type TestResult } from './testing-store.js';

/** How a test ended, in a word: the status, or the code of the error. */
export function ResultChip({ result }: { result: TestResult }) {
  const { response, outcome, error } = answerOf(result);
  return <Chip tone={outcome === 'succeeded' ? 'ok' : 'er'}>{response?.status ?? error?.code ?? outcome}</Chip>;
}
