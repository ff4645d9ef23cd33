import type { HttpActionKey, HttpInput } from '../../core/definition.js';
import { DefinitionFault, type Action, type CompiledStep } from '../action.js';
import { buildRequest, compileRequest } from './http.request.js';
import { compileSuccess, judgeResponse, outputOf } from './http.response.js';
import { customInput, fixedInput } from './http.schema.js';
import { FaultList } from './mapped-value.js';

const httpAction = (key: HttpActionKey, label: string): Action => ({
  key,
  title: `Make an HTTP call (${label})`,
  inputSchema: key === 'custom' ? customInput : fixedInput,
  check: (input) => compile(key, input).faults,
  compile: ({ input }) => {
    const { step, faults } = compile(key, input);
    if (faults.length > 0) throw new DefinitionFault(faults);
    return step;
  },
});

export const httpActions: readonly Action[] = [
  httpAction('get', 'GET'),
  httpAction('post', 'POST'),
  httpAction('put', 'PUT'),
  httpAction('custom', 'Custom'),
];

function compile(key: HttpActionKey, input: HttpInput): { step: CompiledStep; faults: FaultList['faults'] } {
  const list = new FaultList();
  const request = compileRequest(key, input, list);
  const success = compileSuccess(input, list);
  const step: CompiledStep = {
    build: (scope) => buildRequest(request, scope),
    judge: (response, scope) => judgeResponse(success, response, scope),
    output: outputOf,
  };
  return { step, faults: list.faults };
}
