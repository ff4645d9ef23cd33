import { HooklineError } from '../../core/errors.js';
import { readCurl } from './curl-command.js';
import { curlStep } from './curl-step.js';

const url = 'https://api.example.com/a?b=c';
const json = `-H 'Content-Type: application/json'`;
const FORM = { key: 'Content-Type', value: 'application/x-www-form-urlencoded' };

it.each<[string, string, string, object]>([
  ['a URL alone', `curl '${url}'`, 'get', { url }],
  ['a URL without a scheme', 'curl api.example.com/a', 'get', { url: 'http://api.example.com/a' }],
  ['a fragment', `curl '${url}#top'`, 'get', { url }],
  ['--url', `curl --url '${url}'`, 'get', { url }],
  ['a prompt', `$ curl '${url}'`, 'get', { url }],
  [
    'headers',
    `curl ${url} -H 'X-A: 1' -HX-B:2 --header='X-C: a: b'`,
    'get',
    {
      url,
      headers: [
        { key: 'X-A', value: '1' },
        { key: 'X-B', value: '2' },
        { key: 'X-C', value: 'a: b' },
      ],
    },
  ],
  ['an empty header', `curl ${url} -H 'X-A;'`, 'get', { url, headers: [{ key: 'X-A', value: '' }] }],
  [
    '-A, -e and -b',
    `curl ${url} -A me -e http://r/ -b a=1 -b 'c=2'`,
    'get',
    {
      url,
      headers: [
        { key: 'User-Agent', value: 'me' },
        { key: 'Referer', value: 'http://r/' },
        { key: 'Cookie', value: 'a=1; c=2' },
      ],
    },
  ],
  [
    'flat JSON as pairs',
    `curl ${url} ${json} -d '{"a":"x","n":1,"no":null}'`,
    'post',
    {
      url,
      body: [
        { key: 'a', value: 'x' },
        { key: 'n', value: 1 },
        { key: 'no', value: null },
      ],
    },
  ],
  [
    '--json',
    `curl -XPUT ${url} --json '{"a":true}'`,
    'put',
    {
      url,
      headers: [{ key: 'Accept', value: 'application/json' }],
      body: [{ key: 'a', value: true }],
    },
  ],
  [
    'deep JSON as text',
    `curl ${url} ${json} -d '{"a":{"b":["{{x}}"]}}'`,
    'custom',
    {
      url,
      method: 'POST',
      bodyType: 'json',
      body: '{"a":{"b":["{{ "{{" }}x}}"]}}',
    },
  ],
  ['a list as text', `curl ${url} ${json} -d '[1]'`, 'custom', { url, method: 'POST', bodyType: 'json', body: '[1]' }],
  [
    'keys in an order of their own',
    `curl ${url} ${json} -d '{"b":1,"2":2}'`,
    'custom',
    {
      url,
      method: 'POST',
      bodyType: 'raw',
      contentType: 'application/json',
      body: '{"b":1,"2":2}',
    },
  ],
  [
    'JSON that is none',
    `curl ${url} ${json} -d '{a:1}'`,
    'custom',
    {
      url,
      method: 'POST',
      bodyType: 'raw',
      contentType: 'application/json',
      body: '{a:1}',
    },
  ],
  [
    'a form as pairs',
    `curl ${url} -d a=1 -d 'b=x+y%26'`,
    'post',
    {
      url,
      headers: [FORM],
      body: [
        { key: 'a', value: '1' },
        { key: 'b', value: 'x y&' },
      ],
    },
  ],
  [
    '--data-urlencode',
    `curl ${url} --data-urlencode 'a=b c&d'`,
    'post',
    {
      url,
      headers: [FORM],
      body: [{ key: 'a', value: 'b c&d' }],
    },
  ],
  [
    'a form that is none',
    `curl ${url} -d hello`,
    'custom',
    {
      url,
      method: 'POST',
      bodyType: 'raw',
      contentType: FORM.value,
      body: 'hello',
    },
  ],
  [
    'text',
    `curl -X PATCH ${url} -H 'Content-Type: text/csv' --data-binary $'a,b\\n1,2\\n'`,
    'custom',
    {
      url,
      method: 'PATCH',
      bodyType: 'raw',
      contentType: 'text/csv',
      body: 'a,b\n1,2\n',
    },
  ],
  [
    'text that begins with @',
    `curl ${url} -H 'Content-Type: text/plain' --data-raw @x`,
    'custom',
    {
      url,
      method: 'POST',
      bodyType: 'raw',
      contentType: 'text/plain',
      body: '@x',
    },
  ],
  ['an empty body', `curl ${url} -d ''`, 'post', { url, headers: [FORM] }],
  ['-G', `curl -G ${url} -d q=1 --data-urlencode 'r=a b'`, 'get', { url: `${url}&q=1&r=a%20b` }],
  ['-I', `curl -I ${url}`, 'custom', { url, method: 'HEAD', bodyType: 'none' }],
  ['-L', `curl -L ${url}`, 'get', { url, redirects: 10 }],
  ['-X DELETE', `curl -X DELETE ${url}`, 'custom', { url, method: 'DELETE', bodyType: 'none' }],
  [
    'GET with a body',
    `curl -X GET ${url} ${json} -d '{"a":1}'`,
    'custom',
    {
      url,
      method: 'GET',
      bodyType: 'json',
      body: [{ key: 'a', value: 1 }],
    },
  ],
  [
    'braces in every place',
    `curl 'http://h/{{a}}' -g -H 'X: {{{{' ${json} -d '{"a":"{{ b }}"}'`,
    'post',
    {
      url: 'http://h/{{ "{{" }}a}}',
      headers: [{ key: 'X', value: '{{ "{{" }}{{ "{{" }}' }],
      body: [{ key: 'a', value: '{{ "{{" }} b }}' }],
    },
  ],
  [
    'what Chrome copies for bash',
    `curl '${url}' \\\n  -H 'accept: */*' \\\n  ${json.replace('C', 'c')} \\\n  --data-raw $'{"a":"it\\'s"}' \\\n  --compressed`,
    'post',
    {
      url,
      headers: [{ key: 'accept', value: '*/*' }],
      body: [{ key: 'a', value: "it's" }],
    },
  ],
  [
    'what Chrome copies for cmd',
    `curl ^"${url.replace('=', '^=')}^" ^\n  -H ^"accept: */*^" ^\n  -H ^"content-type: application/json^" ^\n  --data-raw ^"^{^\\^"a^\\^":^\\^"x^\\^"^}^"`,
    'post',
    {
      url,
      headers: [{ key: 'accept', value: '*/*' }],
      body: [{ key: 'a', value: 'x' }],
    },
  ],
])('reads %s', (_what, command, action, input) => {
  expect(curlStep(command)).toMatchObject({ action, input, warnings: [] });
  expect(curlStep(command).input).toEqual(input);
});

it('leaves the file of a form to be chosen: until then the step fails', () => {
  const { action, input, warnings } = curlStep(`curl ${url} -F 'doc=@/tmp/plan.pdf;type=application/pdf' -F a=1`);
  expect(action).toBe('custom');
  expect(input).toEqual({
    url,
    method: 'POST',
    bodyType: 'form-data',
    body: [
      { key: 'doc', value: null, whenMissing: 'fail' },
      { key: 'a', value: '1' },
    ],
  });
  expect(warnings).toEqual([{ flag: '-F', message: expect.stringContaining('upload "plan.pdf"') }]);
});

it('keeps every digit of a number', () => {
  const { input } = curlStep(`curl ${url} ${json} -d '{"id":12345678901234567890,"p":1.50}'`);
  expect(JSON.stringify(input.body)).toBe('[{"key":"id","value":12345678901234567890},{"key":"p","value":1.50}]');
});

it.each([
  ['-u', `curl ${url} -u 'me:secret'`, 'Basic bWU6c2VjcmV0'],
  ['-u', `curl ${url} -u me`, 'Basic bWU6'],
  ['URL', 'curl https://me:s%40@api.example.com/', 'Basic bWU6c0A='],
  ['--oauth2-bearer', `curl ${url} --oauth2-bearer t0k`, 'Bearer t0k'],
])('makes a header of the sign-in (%s), and says that it is not hidden', (flag, command, value) => {
  const { input, warnings } = curlStep(command);
  expect(input.headers).toEqual([{ key: 'Authorization', value }]);
  expect(warnings).toEqual([{ flag, message: expect.stringContaining('A connection hides it') }]);
  expect(input.url).not.toContain('@');
});

it.each(['--digest -u me:secret', '-u me:secret --ntlm', '--negotiate -u :', '--aws-sigv4 aws:amz -u id:secret'])(
  'sends no password in the open where curl would not: %s',
  (options) => {
    const { input, warnings } = curlStep(`curl ${url} ${options}`);
    expect(input).toEqual({ url });
    expect(warnings).toEqual([{ flag: expect.any(String), message: expect.stringContaining('are left out') }]);
  },
);

it.each([
  ['-d @file', 'post'],
  ['--data-binary @-', 'post'],
  ['--data-urlencode a@file', 'post'],
  ['--json @file', 'post'],
  ['-d @file -X PUT', 'put'],
  ['-T file', 'put'],
  ['-G --data-urlencode a@file', 'get'],
])('keeps the method of a call whose body it cannot read: %s', (options, action) => {
  const { action: found, warnings } = curlStep(`curl ${url} ${options}`);
  expect(found).toBe(action);
  expect(warnings).toEqual([{ flag: expect.any(String), message: expect.stringContaining('Files of your machine') }]);
});

it.each(['-k', '-x http://proxy', '--cert me.pem', '--key me.key', '--cacert ca.pem', '-U me:secret'])(
  'says that %s belongs to the connection',
  (options) => {
    const { warnings } = curlStep(`curl ${url} ${options}`);
    expect(warnings).toEqual([{ flag: options.split(' ')[0], message: expect.stringContaining('connection') }]);
  },
);

it.each<[string, string[]]>([
  ['-sSkv', ['-s', '-S', '-k', '-v']],
  ['-F a=b -F c=@d', ['-F']],
  ["-F 'a=b;type=text/html' -F 'c=<d' -F e", ['-F', '-F', '-F']],
  ['-d @file', ['-d']],
  ['--data-urlencode a@file', ['--data-urlencode']],
  ['-b cookies.txt', ['-b']],
  ['-H @file', ['-H']],
  ['-H nonsense', ['-H nonsense']],
  ['-H "Host: x" -H "Content-Length: 1" -H "Proxy-X: 1"', ['-H Host', '-H Content-Length', '-H Proxy-X']],
  ['-x http://proxy -o out.json --cacert ca.pem', ['-x', '-o', '--cacert']],
  ['--made-up', ['--made-up']],
  ['--tlsuser me --tlspassword secret --basic', ['--tlsuser', '--tlspassword']],
  ['-d x -H Content-Type:', ['-H Content-Type:']],
  ['-X', ['-X']],
  ['https://second.example.com/', ['https://second.example.com/']],
  ['--next -d x', ['--next']],
  ['-m 900', ['-m']],
  ['-m soon', ['-m']],
  ['-L --max-redirs 50', ['--max-redirs']],
  ['| jq .', ['|']],
])('lists what it leaves out of: %s', (options, flags) => {
  const { warnings, url: read } = readCurl(`curl ${url} ${options}`);
  expect(warnings.map(({ flag }) => flag)).toEqual(flags);
  expect(warnings.every(({ message }) => message.length > 10)).toBe(true);
  expect(read).toBe(url);
});

it.each([
  ['', 0],
  ['-L', 10],
  ['-L --max-redirs 3', 3],
  ['--max-redirs 3', 0],
  ['-sL --max-redirs -1', 10],
])('follows with %s so many redirects: %i', (options, redirects) => {
  expect(readCurl(`curl ${url} ${options}`).redirects).toBe(redirects);
});

it.each([
  ['--max-time 2.5', 2_500],
  ['-m900', 300_000],
  ['', null],
])('takes %s as the timeout: %s ms', (options, timeoutMs) => {
  expect(curlStep(`curl ${url} ${options}`).timeoutMs).toBe(timeoutMs);
});

it.each([
  ['wget http://a/', 'no_curl'],
  ['', 'no_curl'],
  ['curl', 'no_url'],
  ['curl -X POST', 'no_url'],
  ['curl ftp://a/', 'invalid_url'],
  ['curl http://', 'invalid_url'],
  [`curl 'http://a/`, 'unreadable_command'],
  ['curl -X "G T" http://a/', 'unfit_command'],
  ['curl -X TRACE http://a/', 'unfit_command'],
  ["curl http://a/ -H 'a b: c'", 'unfit_command'],
  ["curl http://a/ -H 'content-type: text/plain' -d $'a\\x00b'", 'unfit_command'],
])('refuses %j: %s', (command, code) => {
  expect(() => curlStep(command)).toThrow(expect.objectContaining({ kind: 'invalid', code }) as HooklineError);
});
