import { asExpression, asText, loneExpression, parsePath, pathText, segmentsOf } from './template.js';

const kinds = (template: string) => segmentsOf(template).map(({ kind }) => kind);

describe('a text with expressions in it', () => {
  it.each([
    ['', []],
    ['Hello', ['text']],
    ['{{ trigger.data.name }}', ['path']],
    ['{{trigger.data["a key"][0]}}', ['path']],
    ['Hello {{ trigger.data.größe }}, {{ steps.a.body.b }}!', ['text', 'path', 'text', 'path', 'text']],
    ['{{ trigger.data.n * 2 }}', ['expression']],
    ['{{ somebody.else }}', ['expression']],
    ['{{ {"a": "}}"} }} tail', ['expression', 'text']],
    ['{{ never closed', ['text']],
    ['a { b } c }}', ['text']],
  ])('%s', (template, expected) => {
    expect(kinds(template)).toEqual(expected);
  });

  it('loses nothing when it is taken apart', () => {
    const template = 'a {{ trigger.id }}{{ 1 + 1 }} b {{ open';
    const parts = segmentsOf(template).map(({ from, to }) => template.slice(from, to));
    expect(parts.join('')).toBe(template);
  });
});

describe('a path', () => {
  it.each([
    ['trigger.data.vendor.name', ['trigger', 'data', 'vendor', 'name']],
    ['steps.a.body[0]["x y"]', ['steps', 'a', 'body', 0, 'x y']],
    ['steps.a.headers["content-type"]', ['steps', 'a', 'headers', 'content-type']],
    ['trigger.data["it\'s"]', ['trigger', 'data', "it's"]],
  ])('%s is read and written', (text, path) => {
    expect(parsePath(text)).toEqual(path);
    expect(pathText(path)).toBe(text);
  });

  it('is not an expression, nor one with an unknown beginning', () => {
    expect(parsePath('trigger.data.a + 1')).toBeNull();
    expect(parsePath('foo.bar')).toBeNull();
    expect(parsePath('trigger.data.name.size()')).toBeNull();
  });

  it('cannot be written for a key with both quotes', () => {
    expect(pathText(['trigger', `a"b'c`])).toBeNull();
  });
});

describe('a field between text and expression', () => {
  it.each([
    ['', ''],
    ['10 "years"', '{{ "10 \\"years\\"" }}'],
    ['{{ trigger.data.n }}', '{{ trigger.data.n }}'],
    ['{{ trigger.data.n * 2 }}', '{{ trigger.data.n * 2 }}'],
  ])('%s becomes one expression', (template, value) => {
    expect(asExpression(template)).toEqual({ value });
  });

  it.each(['', '10 "years"', '{{ trigger.data.n }}'])('%s comes back unchanged', (template) => {
    const there = asExpression(template);
    expect('value' in there && asText(there.value)).toEqual({ value: template });
  });

  it('is refused where the value would change', () => {
    expect(asExpression('n: {{ trigger.data.n }}')).toHaveProperty('refused');
    expect(asText('{{ trigger.data.n * 2 }}')).toHaveProperty('refused');
    expect(asText('{{ "{{" }}')).toHaveProperty('refused');
  });

  it('knows what stands between the braces', () => {
    expect(loneExpression('{{ 1 + 1 }}')).toBe('1 + 1');
    expect(loneExpression(' {{ 1 }}')).toBeNull();
    expect(loneExpression('x')).toBeNull();
  });
});
