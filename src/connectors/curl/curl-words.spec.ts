import { ShellFault, shellWords } from './curl-words.js';

it.each<[string, string, string[]]>([
  ['spaces and tabs', 'curl  a\tb ', ['curl', 'a', 'b']],
  ['single quotes', `curl 'a "b" \\n $x'`, ['curl', 'a "b" \\n $x']],
  ['a quote within single quotes', `curl 'it'\\''s'`, ['curl', "it's"]],
  ['double quotes', `curl "a \\"b\\" \\$x \\\\ \\n"`, ['curl', 'a "b" $x \\ \\n']],
  ['empty words', `curl '' ""`, ['curl', '', '']],
  ['lines joined by a backslash', 'curl \\\n  -X \\\r\n POST', ['curl', '-X', 'POST']],
  ['line breaks within quotes', "curl 'a\nb'", ['curl', 'a\nb']],
  ["$'…'", `curl $'a\\nb\\'c\\t\\u0021\\x41\\101\\\\'`, ['curl', "a\nb'c\t!AA\\"]],
  ["$'…' with UTF-8 in bytes", `curl $'\\xc3\\xa9\\303\\251'`, ['curl', 'éé']],
  ["$'…' with a surrogate pair", `curl $'\\ud83d\\ude00'`, ['curl', '😀']],
  ['words in parts', `curl a'b'"c"\\d`, ['curl', 'abcd']],
  ['carets outside of cmd', `curl 'a^b'`, ['curl', 'a^b']],
  ['cmd: carets', 'curl ^"https://a.b/?c^=d^&e^" ^\n  -H ^"x: ^%^41^"', ['curl', 'https://a.b/?c=d&e', '-H', 'x: %41']],
  ['cmd: quotes within quotes', 'curl --data-raw ^"^{^\\^"a^\\^":1^}^"', ['curl', '--data-raw', '{"a":1}']],
  ['cmd: a backslash', 'curl ^"a^\\^\\nb^"', ['curl', 'a\\nb']],
  ['cmd: a line break in a value', 'curl ^"a^\n\nb^"', ['curl', 'a\nb']],
  [
    'cmd: plain quotes',
    'curl "https://a.b/?c=d&e" ^\r\n  -d "say ""hi"" ^ \\"x\\""',
    ['curl', 'https://a.b/?c=d&e', '-d', 'say "hi" ^ "x"'],
  ],
])('reads %s', (_what, command, words) => {
  expect(shellWords(command)).toEqual({ words, warnings: [] });
});

it.each([
  ['curl a | jq .', ['curl', 'a'], '|'],
  ['curl a > file', ['curl', 'a'], '>'],
  ['curl a&b=c', ['curl', 'a'], '&'],
  ['curl a\ncurl b', ['curl', 'a'], 'line break'],
  ['curl a # note', ['curl', 'a'], '#'],
  ['curl ^"a^" ^\n-k\ncurl b', ['curl', 'a', '-k'], 'line break'],
  ['curl "$TOKEN"', ['curl', '$TOKEN'], '$TOKEN'],
  ['curl `id`', ['curl', '`id`'], '`'],
])('says what it leaves out of %j', (command, words, flag) => {
  const read = shellWords(command);
  expect(read.words).toEqual(words);
  expect(read.warnings[0].flag).toBe(flag);
});

it.each([`curl 'a`, 'curl "a', `curl $'a`, 'curl ^"a'])('refuses %j', (command) => {
  expect(() => shellWords(command)).toThrow(ShellFault);
});
