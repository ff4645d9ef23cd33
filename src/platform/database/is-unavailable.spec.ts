import { isUnavailable } from './is-unavailable.js';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

describe('a database error', () => {
  it.each([
    ['connection refused', withCode('ECONNREFUSED')],
    ['connection reset', withCode('ECONNRESET')],
    ['no such host', withCode('ENOTFOUND')],
    ['shutting down', withCode('57P01')],
    ['starting up', withCode('57P03')],
    ['statement took too long', withCode('57014')],
    ['disk full', withCode('53100')],
    ['too many connections', withCode('53300')],
    ['connection failure', withCode('08006')],
    ['disk error', withCode('58030')],
    ['a standby', withCode('25006')],
    ['lost while a statement ran', new Error('Connection terminated unexpectedly')],
    ['no free connection in time', new Error('timeout exceeded when trying to connect')],
    ['no answer in time', new Error('Query read timeout')],
    ['a broken client', new Error('Client has encountered a connection error and is not queryable')],
    ['wrapped by TypeORM', Object.assign(new Error('x'), { driverError: withCode('57P01') })],
    ['wrapped as a cause', new Error('x', { cause: withCode('EPIPE') })],
    ['one of several addresses', new AggregateError([withCode('ECONNREFUSED')], '')],
  ])('means unavailable: %s', (_, error) => {
    expect(isUnavailable(error)).toBe(true);
  });

  it.each([
    ['unique violation', withCode('23505')],
    ['syntax error', withCode('42601')],
    ['deadlock, which was rolled back for certain', withCode('40P01')],
    ['a bug', new TypeError('x is not a function')],
    ['no error', undefined],
    ['a text', 'Connection terminated'],
  ])('does not: %s', (_, error) => {
    expect(isUnavailable(error)).toBe(false);
  });

  it('may have itself as its cause', () => {
    const error = new Error('x');
    error.cause = error;
    expect(isUnavailable(error)).toBe(false);
  });
});
