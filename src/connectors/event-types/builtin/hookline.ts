import type { BuiltinType } from '../event-type.js';
import { object, text } from '../schema-words.js';

export const hookline: BuiltinType[] = [
  {
    name: 'hookline.welcome',
    title: 'Welcome',
    description: 'The event of the first start: send it to see the sample integration run.',
    schema: object({ name: text('Who is greeted.') }),
    sample: { name: 'Ada' },
  },
];
