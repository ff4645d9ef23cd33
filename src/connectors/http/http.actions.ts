import type { HttpActionKey, HttpInput } from '../../core/definition.js';
import type { Fault } from '../../core/errors.js';
import { actionOf, type Action, type CompiledStep } from '../action.js';
import { compilePages } from './http.pages.js';
import { buildRequest, compileRequest } from './http.request.js';
import { compileSuccess, isWanted, judgeResponse, outputOf } from './http.response.js';
import { customInput, fixedInput } from './http.schema.js';
import { FaultList } from './mapped-value.js';

const httpAction = (key: HttpActionKey, label: string): Action =>
  actionOf({
    key,
    title: `Make an HTTP call (${label})`,
    inputSchema: key === 'custom' ? customInput : fixedInput,
    compile: (input) => compile(key, input),
  });

export const httpActions: readonly Action[] = [
  httpAction('get', 'GET'),
  httpAction('post', 'POST'),
  httpAction('put', 'PUT'),
  httpAction('custom', 'Custom'),
];

function compile(key: HttpActionKey, input: HttpInput): { step: CompiledStep; faults: Fault[] } {
  const list = new FaultList();
  const request = compileRequest(key, input, list);
  const success = compileSuccess(input.success, list);
  const pages = compilePages(input, list);
  const step: CompiledStep = {
    redirects: input.redirects,
    pages,
    keepsFile: (status) => pages === null && isWanted(success, status),
    build: (scope) => buildRequest(request, scope),
    judge: (response, scope) => judgeResponse(success, response, scope),
    output: outputOf,
  };
  return { step, faults: list.faults };
}
