import { parseJson } from '../../core/json.js';
import { compileTemplate, ExpressionError, MappingError } from './template.js';

const data = parseJson(`{
  "name": "Zoë", "n": 5, "zero": 0, "no": false, "empty": "", "nothing": null, "price": 12.50, "id": 12345678901234567890,
  "list": [1, 2, {"x": "y"}], "object": {"a": 1, "b": null}, "first-name": "Ada", "größe": 7, "package": "p",
  "__proto__": {"own": "yes"}, "a key": {"0": "zero"}
}`);
const scope = {
  trigger: { id: 'evt_1', data },
  steps: { create: { status: 201, headers: { 'content-type': 'text/plain' }, body: { id: 7 } } },
  run: { number: 3 },
};
const evaluate = (source: string): unknown => compileTemplate(source).evaluate(scope);
const fault = (source: string): ExpressionError => {
  try {
    compileTemplate(source);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
  }
  throw new Error('compiled');
};

describe('a value that is one expression', () => {
  it.each([
    ['{{ trigger.data.name }}', '"Zoë"'],
    ['{{trigger.data.n}}', '5'],
    ['{{ trigger.data.zero }}', '0'],
    ['{{ trigger.data.no }}', 'false'],
    ['{{ trigger.data.empty }}', '""'],
    ['{{ trigger.data.nothing }}', 'null'],
    ['{{ trigger.data.price }}', '12.50'],
    ['{{ trigger.data.id }}', '12345678901234567890'],
    ['{{ trigger.data.list }}', '[1,2,{"x":"y"}]'],
    ['{{ trigger.data.object }}', '{"a":1,"b":null}'],
    ['{{ trigger.data.n + 1 }}', '6'],
    ['{{ [trigger.data.n, trigger.data.id] }}', '[5,12345678901234567890]'],
    ['{{ {"a": {"b": 1}} }}', '{"a":{"b":1}}'],
    ['{{{"a": 1}}}', '{"a":1}'],
  ])('%s keeps its type', (source, json) => {
    expect(JSON.stringify(evaluate(source))).toBe(json);
  });
});

describe('text around expressions', () => {
  it.each([
    ['no expression', 'no expression'],
    ['', ''],
    ['Hello {{ trigger.data.name }}!', 'Hello Zoë!'],
    ['{{ trigger.data.n }}{{ trigger.data.n }}', '55'],
    [' {{ trigger.data.n }}', ' 5'],
    ['a{{ trigger.data.nothing }}b', 'ab'],
    ['a{{ trigger.data.missing.deeper }}b', 'ab'],
    ['a{{ trigger.data.empty }}b', 'ab'],
    ['a{{ trigger.data.zero }}b', 'a0b'],
    ['a{{ trigger.data.no }}b', 'afalseb'],
    ['#{{ trigger.data.id }}', '#12345678901234567890'],
    ['€{{ trigger.data.price }}', '€12.50'],
    ['a{{ trigger.data.list }}b', 'a[1,2,{"x":"y"}]b'],
    ['a{{ trigger.data.object }}b', 'a{"a":1,"b":null}b'],
    ['{"a":{"b":{{ trigger.data.n }}}}', '{"a":{"b":5}}'],
    ['{{ "{{" }}literal}}', '{{literal}}'],
    ['-{{ "}}" }}-', '-}}-'],
    ["-{{ '\\'}}' }}-", "-'}}-"],
    ['-{{ """a}}"b""" }}-', '-a}}"b-'],
    ["-{{ trigger.data.n // don't }}-", '-5-'],
    ['-{{ trigger.data.n // one }\n + 1 }}-', '-6-'],
    ['}} and { { are text', '}} and { { are text'],
  ])('%j becomes %j', (source, text) => {
    expect(evaluate(source)).toBe(text);
  });

  it('encodes the text of expressions and nothing else', () => {
    const template = compileTemplate('/a b/{{ trigger.data.name }}?{{ trigger.data.nothing }}');
    expect(template.render(scope, encodeURIComponent)).toBe('/a b/Zo%C3%AB?');
  });
});

describe('a plain path', () => {
  it.each([
    ['trigger.data.list[0]', 1],
    ['trigger.data.list[2].x', 'y'],
    ['trigger.data.list[9]', null],
    ['trigger . data [ "first-name" ]', 'Ada'],
    ["trigger.data['first-name']", 'Ada'],
    ['trigger.data.größe', 7],
    ['trigger.data.package', 'p'],
    ['trigger.data["a key"]["0"]', 'zero'],
    ['trigger.data["a key"][0]', null],
    ['steps.create.headers["content-type"]', 'text/plain'],
    ['steps.other.body.id', null],
    ['integration.name', null],
    ['trigger.data.nothing.deeper', null],
    ['trigger.data.name.length', null],
    ['trigger.data.list.length', null],
    ['trigger.data.price.rawJSON', null],
    ['trigger.data.constructor', null],
    ['trigger.data.toString', null],
    ['trigger.__proto__', null],
    ['trigger.data.list.map', null],
    ['trigger.data.__proto__.own', 'yes'],
    ['trigger.data.__proto__.constructor', null],
  ])('%s sees own data only', (path, value) => {
    expect(evaluate(`{{ ${path} }}`)).toEqual(value);
  });
});

describe('what a template says of itself', () => {
  it.each([
    ['plain', true, false, []],
    ['{{ steps.create.body.id }}', false, true, ['steps.create.body.id']],
    ['x{{ steps.a.body }}{{ steps.a.body }}', false, false, ['steps.a.body']],
    [
      '{{ steps.a.body.list.filter(s, s.ok)[0].id + trigger.data["n"] }}',
      false,
      true,
      ['steps.a.body.list', 'trigger.data.n'],
    ],
    [
      '{{ has(steps.a.body.x) ? steps.b.?c.orValue(run.number) : 1 }}',
      false,
      true,
      ['steps.a.body.x', 'steps.b.c', 'run.number'],
    ],
    ['{{ steps[trigger.data.name].body }}', false, true, ['steps', 'trigger.data.name']],
    ['{{ cel.bind(v, steps.z, v.body) }}', false, true, ['steps.z']],
  ])('%s', (source, isLiteral, isLone, reads) => {
    expect(compileTemplate(source)).toMatchObject({ source, isLiteral, isLone });
    expect([...compileTemplate(source).reads].sort()).toEqual([...reads].sort());
  });
});

describe('a template that can never work is refused', () => {
  it.each([
    ['ab{{ trigger.id', 2, 'never closed'],
    ['ab{{ }}', 4, 'nothing between'],
    ['ab{{ "open }}', 2, 'never closed'],
    ['ab{{ foo.bar }}', 5, 'Unknown variable: foo (in scope: trigger, steps, run, integration)'],
    ['ab{{ trigger.id + }}', 17, 'Unexpected token'],
    ['ab{{ process.env }}', 5, 'Unknown variable'],
    ['{{ nope(1) }}', 3, 'no matching overload'],
    ['{{ 1 + "a" }}', 3, 'no such overload'],
    ['{{ trigger.data.a.map(x, [1].map(y, [1].map(z, 1))) }}', undefined, 'nested 2 deep'],
    ['{{ trigger.id.matches("a") }}', undefined, 'regex(text, pattern)'],
    [`{{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}`, 3, 'longer than 4096'],
    [`{{ ${'('.repeat(2000)}1${')'.repeat(2000)} }}`, undefined, 'maxDepth'],
    [`{{ ${'!'.repeat(4000)}true }}`, undefined, 'maxAstNodes'],
    [`{{ ${'['.repeat(4000)} }}`, undefined, 'maxDepth'],
    ['x'.repeat(256 * 1024 + 1), undefined, '256 KiB'],
    ['{{ trigger }}'.repeat(2000), undefined, 'too many expressions'],
  ])('%.60s', (source, position, message) => {
    const { message: said, position: at } = fault(source);
    expect(said).toContain(message);
    if (position !== undefined) expect(at).toBe(position);
  });
});

it('refuses to make more than 1 MiB of text', () => {
  const template = compileTemplate('{{ trigger.data.x }}{{ trigger.data.x }}');
  const big = { trigger: { data: { x: 'x'.repeat(600 * 1024) } } };
  expect(() => template.evaluate(big)).toThrow(MappingError);
});
