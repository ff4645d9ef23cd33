import { takeMessages } from './server-events.js';

describe('server-sent events', () => {
  it('are read however the stream is cut', () => {
    const text =
      'retry: 3000\nevent: ready\ndata: {}\n\n: alive\n\nevent: run\nid: run_1\ndata: {"a":"b: c"}\n\nevent: ru';
    const whole = takeMessages(text);
    expect(whole).toEqual({
      messages: [
        { event: 'ready', data: '{}' },
        { event: 'run', data: '{"a":"b: c"}' },
      ],
      rest: 'event: ru',
    });
    let rest = '';
    const messages = [...text].flatMap((character) => {
      const taken = takeMessages(rest + character);
      rest = taken.rest;
      return taken.messages;
    });
    expect({ messages, rest }).toEqual(whole);
  });
});
