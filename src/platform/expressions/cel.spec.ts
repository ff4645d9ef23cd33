import { parseJson } from '../../core/json.js';
import { Budget } from './budget.js';
import { compileCondition } from './condition.js';
import { compileTemplate, MappingError } from './template.js';

const big = 'a'.repeat(1 << 20);
const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const scope = {
  trigger: {
    data: {
      ten: count(10),
      thousand: count(1000),
      tenThousand: count(10_000),
      hundredThousand: count(100_000),
      people: [
        { name: 'Ada', age: 36 },
        { name: 'Bob', age: 17 },
      ],
      big,
      digits: '1'.repeat(1 << 20),
      bigs: Array(1000).fill(big),
      raw: parseJson('{"price":12.50,"one":1.0,"id":12345678901234567890,"odd":9007199254740993,"list":[1.50,2.0]}'),
      day: '2026-01-01T00:00:00Z',
      nothing: null,
    },
  },
  steps: {},
};
const evaluate = (source: string): unknown => compileTemplate(`{{ ${source} }}`).evaluate(scope);
const d = 'trigger.data';

describe('an expression', () => {
  it.each([
    [`${d}.ten[1] + 1`, '2'],
    [`${d}.ten[7] / 2`, '3.5'],
    [`${d}.ten[7] % 2`, '1'],
    [`(${d}.ten[3] + 1) * 2 - 1`, '7'],
    [`${d}.ten[3] % ${d}.ten[2]`, '1'],
    ['7 / 2', '3'],
    ['9223372036854775807', '9223372036854775807'],
    ['5u', '5'],
    [`${d}.raw.price * 2`, '25'],
    [`${d}.raw.price`, '12.50'],
    [`${d}.raw.one == 1`, 'true'],
    [`${d}.raw.?one.orValue(5) + 1`, '2'],
    [`string(${d}.raw.id)`, '"12345678901234567890"'],
    [`${d}.raw.odd == 9007199254740993`, 'true'],
    [`${d}.raw.odd - 1`, '9007199254740992'],
    [`${d}.raw.list.map(x, x * 2)`, '[3,4]'],
    [`${d}.raw.list == [1.5, 2]`, 'true'],
    [`2 in ${d}.raw.list`, 'true'],
    [`[${d}.raw.list]`, '[[1.50,2.0]]'],
    [`${d}.people.filter(p, p.age >= 18).map(p, {"n": p.name})`, '[{"n":"Ada"}]'],
    [`${d}.people.exists(p, p.name == "Bob")`, 'true'],
    [`size(${d}.people)`, '2'],
    [`has(${d}.missing) ? ${d}.missing : "none"`, '"none"'],
    [`${d}.?missing.orValue("d")`, '"d"'],
    [`${d}.?missing`, 'null'],
    [`${d}.nothing == null`, 'true'],
    [`regex("order-881", "^order-[0-9]+$")`, 'true'],
    [`regex("x", "^order")`, 'false'],
    ['timestamp("2026-01-01T00:00:00Z")', '"2026-01-01T00:00:00.000Z"'],
    ['duration("90m")', '"5400s"'],
    ['duration("1500ms")', '"1.5s"'],
    ['b"ab"', '"YWI="'],
    ['"a" + string(1.5)', '"a1.5"'],
  ])('%s is %s', (source, json) => {
    expect(JSON.stringify(evaluate(source))).toBe(json);
  });
});

describe('data with a member called "constructor"', () => {
  const built = parseJson(`{
    "constructor": "ACME", "floors": [{"constructor": {"constructor": 1}, "n": 2}, {"n": 3}], "n": 12.5,
    "raw": {"id": 12345678901234567890, "constructor": 1.0}, "list": [[{"constructor": null}]]
  }`);
  const site = { trigger: { data: built }, steps: { constructor: { body: { ok: true } } } };

  it.each([
    [`${d}.n + 1`, '13.5'],
    [`${d}.constructor + "!"`, '"ACME!"'],
    [`${d}["constructor"] == "ACME"`, 'true'],
    [`has(${d}.constructor) && !has(${d}.prototype)`, 'true'],
    [`"constructor" in ${d} && !("x" in ${d})`, 'true'],
    [`${d}.floors.map(f, f.n)`, '[2,3]'],
    [`${d}.floors[0].constructor.constructor + 1`, '2'],
    [`${d}.floors.filter(f, has(f.constructor))`, '[{"constructor":{"constructor":1},"n":2}]'],
    [`${d}.?floors[?0].?constructor.?constructor.orValue(5)`, '1'],
    [`${d}.?missing.orValue("d")`, '"d"'],
    [`${d}.raw.id == 12345678901234567890 || true`, 'true'],
    [`string(${d}.raw.constructor)`, '"1"'],
    [`size(${d})`, '5'],
    [`size(${d}.list[0][0])`, '1'],
    [`[${d}.raw]`, '[{"id":12345678901234567890,"constructor":1.0}]'],
    [`${d}.floors[0] == ${d}.floors[0]`, 'true'],
    [`${d} == {"a": 1}`, 'false'],
    ['steps.constructor.body.ok', 'true'],
    ['steps.constructor.body.ok && true', 'true'],
    [`${d}.n + size(trigger.data.floors[1])`, '13.5'],
  ])('is read by %s', (source, json) => {
    expect(JSON.stringify(compileTemplate(`{{ ${source} }}`).evaluate(site))).toBe(json);
  });

  it('says what is missing in it', () => {
    const missing = compileTemplate(`{{ ${d}.nothing + 1 }}`);
    expect(() => missing.evaluate(site)).toThrow('No such key: nothing');
  });
});

describe('an expression that does not fit the values says why', () => {
  it.each([
    [`${d}.missing + 1`, 'No such key: missing. If it may be missing, ask has(…)'],
    [`${d}.nothing.deeper + "x"`, 'No such key: deeper'],
    [`${d}.day + ${d}.ten`, 'no such overload'],
    ['1.0 / 0.0', 'Infinity'],
    ['1 / 0', 'division by zero'],
    ['google', 'no JSON value'],
    ['int', 'no JSON value'],
    ['cel', 'no JSON value'],
    ['regex("a", "(")', 'not valid RE2'],
    [`${d}.ten.constructor + 1`, 'No such key: constructor'],
    [`${d}["__proto__"] == null`, 'No such key: __proto__'],
    [`${d}.day.constructor.constructor("return 1")`, ''],
  ])('%s', (source, message) => {
    expect(() => evaluate(source)).toThrow(message);
  });
});

describe('an expression that would explode is stopped, in bounded time', () => {
  const doubled = (start: string): string =>
    Array(22)
      .fill(0)
      .reduce<string>((s) => `cel.bind(x, ${s}, x + x)`, start);
  const tens = ['b', 'c', 'd', 'e', 'f', 'g'];
  const shared = tens.reduceRight(
    (inner, name, i) =>
      `cel.bind(${name}, [${Array(10)
        .fill(i === 0 ? '"x"' : tens[i - 1])
        .join()}], ${inner})`,
    'g',
  );
  it.each([
    ['items of items', `${d}.thousand.map(a, ${d}.thousand.map(b, a * b))`],
    ['many items', `${d}.hundredThousand.map(a, a + 1)`],
    ['quantifiers that swallow errors', `${d}.hundredThousand.all(a, a.foo)`],
    ['errors in ||', `${d}.tenThousand.all(a, a.foo || a.bar || a.baz)`],
    ['a budget lost inside a quantifier', `${d}.thousand.exists(a, ${d}.thousand.all(b, b.x))`],
    ['searches in long text', `${d}.tenThousand.map(a, ${d}.big.contains("aaaaaaaaaaaaaab"))`],
    ['one search of two long texts', `${d}.big.contains(${d}.big.substring(1) + "b")`],
    ['size of long text', `${d}.thousand.map(a, ${d}.big.size())`],
    ['splitting long text', `${d}.thousand.map(a, ${d}.big.split("a").size())`],
    ['joining long texts', `${d}.bigs.join("")`],
    ['text doubled', doubled('"aaaaaaaaaaaaaaaa"')],
    ['lists doubled', doubled('[1, 2, 3, 4]')],
    ['a small value with a huge JSON text', shared],
    ['the same list for each item', `${d}.tenThousand.map(a, ${d}.tenThousand)`],
    ['a duration of a million digits', `duration(${d}.digits)`],
    ['calendars', `${d}.tenThousand.map(a, timestamp(${d}.day).getHours("Europe/Berlin"))`],
    ['regular expressions made on the fly', `${d}.thousand.map(a, regex("x", "(x|y){100}" + string(a)))`],
    ['deep comparisons', `${d}.thousand.map(a, ${d}.bigs == ${d}.bigs + [1])`],
    ['look-ups in long lists', `${d}.thousand.map(a, a in ${d}.hundredThousand)`],
  ])('%s', (_what, source) => {
    const template = compileTemplate(`{{ ${source} }}`);
    const begin = process.cpuUsage();
    expect(() => template.evaluate(scope)).toThrow(MappingError);
    const { user } = process.cpuUsage(begin);
    expect(user / 1000).toBeLessThan(3000); // about 150 at worst; hours without the guard
  });

  it('a regular expression that would backtrack for ever', () => {
    expect(evaluate(`regex(${d}.big.substring(1) + "b", "(a+)+$")`)).toBe(false);
  });

  it('many expressions on one budget', () => {
    const template = compileTemplate(`{{ ${d}.tenThousand.map(a, a + 1) }}`);
    const budget = new Budget(120_000);
    template.evaluate(scope, budget);
    template.evaluate(scope, budget);
    expect(() => template.evaluate(scope, budget)).toThrow('too much work');
  });

  it('still does ordinary work: 2,000 records filtered and mapped', () => {
    const records = count(2000).map((id) => ({ id, name: `n${id}`, ok: id % 2 === 0 }));
    const template = compileTemplate(
      '{{ trigger.data.filter(r, r.ok && r.id > 9).map(r, {"id": r.id, "label": r.name + "!"}) }}',
    );
    expect(template.evaluate({ trigger: { data: records } })).toHaveLength(995);
  });
});

describe('a condition', () => {
  it.each([
    [`${d}.ten[1] == 1`, true],
    [`${d}.ten[1] > 1 || ${d}.day.startsWith("2027")`, false],
    [`has(${d}.missing) && ${d}.missing > 3`, false],
  ])('%s', (source, result) => {
    expect(compileCondition(source).test(scope)).toBe(result);
  });

  it.each([
    [`${d}.ten[1]`, 'a number'],
    [`${d}.day`, 'a string'],
    [`${d}.nothing`, 'null'],
    [`${d}.ten`, 'a list'],
  ])('%s is neither true nor false', (source, kind) => {
    expect(() => compileCondition(source).test(scope)).toThrow(kind);
  });

  it('may be given other names', () => {
    expect(compileCondition('status == 200', ['status']).test({ status: 200 })).toBe(true);
  });
});
