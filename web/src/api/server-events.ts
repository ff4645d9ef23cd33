export interface ServerEvent {
  event: string;
  data: string;
}

/** The whole messages of a stream of server-sent events, and what has come of the next one; comments are passed over. */
export function takeMessages(text: string): { messages: ServerEvent[]; rest: string } {
  const blocks = text.split('\n\n');
  const rest = blocks.pop()!;
  const messages = blocks.flatMap((block) => {
    const fields = new Map(block.split('\n').map((line) => line.split(/: ?(.*)/s, 2) as [string, string]));
    const event = fields.get('event');
    return event === undefined ? [] : [{ event, data: fields.get('data') ?? '' }];
  });
  return { messages, rest };
}
