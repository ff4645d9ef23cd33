/** Names as curl's manual has them (curl.se/docs/manpage.html); every other letter is an alias. */
const SHORT: Readonly<Record<string, string>> = {
  ...{ X: 'request', H: 'header', d: 'data', F: 'form', G: 'get', I: 'head', u: 'user', A: 'user-agent', e: 'referer' },
  ...{ b: 'cookie', k: 'insecure', L: 'location', m: 'max-time', o: 'output', O: 'remote-name', s: 'silent' },
  ...{ S: 'show-error', v: 'verbose', i: 'include', f: 'fail', g: 'globoff', T: 'upload-file', x: 'proxy' },
  ...{ U: 'proxy-user', K: 'config', c: 'cookie-jar', D: 'dump-header', E: 'cert', w: 'write-out', r: 'range' },
  ...{ C: 'continue-at', y: 'speed-time', Y: 'speed-limit', z: 'time-cond', t: 'telnet-option', Q: 'quote' },
  ...{ P: 'ftp-port', '0': 'http1.0', '1': 'tlsv1', '4': 'ipv4', '6': 'ipv6', N: 'no-buffer', '#': 'progress-bar' },
  ...{ Z: 'parallel', n: 'netrc', q: 'disable', j: 'junk-session-cookies', J: 'remote-header-name', a: 'append' },
  ...{ R: 'remote-time', p: 'proxytunnel', ':': 'next', V: 'version', h: 'help', M: 'manual', B: 'use-ascii' },
};

/** Options that take a value; it must be known of those too that are left out, or their values would be taken for URLs. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  ...['request', 'header', 'data', 'data-ascii', 'data-raw', 'data-binary', 'data-urlencode', 'json', 'form', 'user'],
  ...['form-string', 'user-agent', 'referer', 'cookie', 'max-time', 'max-redirs', 'url', 'url-query', 'oauth2-bearer'],
  ...['output', 'upload-file', 'proxy', 'proxy-user', 'config', 'cookie-jar', 'dump-header', 'cert', 'write-out'],
  ...['range', 'continue-at', 'speed-time', 'speed-limit', 'time-cond', 'telnet-option', 'quote', 'ftp-port'],
  ...['connect-timeout', 'retry', 'retry-delay', 'retry-max-time', 'cacert', 'capath', 'key', 'key-type', 'cert-type'],
  ...['pass', 'ciphers', 'tls13-ciphers', 'tls-max', 'resolve', 'connect-to', 'interface', 'local-port', 'limit-rate'],
  ...['max-filesize', 'noproxy', 'socks4', 'socks4a', 'socks5', 'socks5-hostname', 'proxy-header', 'preproxy'],
  ...['unix-socket', 'abstract-unix-socket', 'dns-servers', 'doh-url', 'netrc-file', 'request-target', 'stderr'],
  ...['trace', 'trace-ascii', 'trace-config', 'aws-sigv4', 'pinnedpubkey', 'crlfile', 'engine', 'keepalive-time'],
  ...['output-dir', 'output-max-filesize', 'proto', 'proto-default', 'proto-redir', 'rate', 'service-name', 'alt-svc'],
  ...['hsts', 'etag-compare', 'etag-save', 'expect100-timeout', 'happy-eyeballs-timeout-ms', 'variable', 'libcurl'],
  ...['curves', 'delegation', 'parallel-max', 'login-options', 'haproxy-clientip', 'tlsauthtype', 'tlsuser'],
  ...['tlspassword', 'proxy-cacert', 'proxy-capath', 'proxy-cert', 'proxy-cert-type', 'proxy-key', 'proxy-key-type'],
  ...['proxy-pass', 'proxy-ciphers', 'proxy-tls13-ciphers', 'proxy-crlfile', 'proxy-pinnedpubkey', 'proxy1.0'],
  ...['proxy-service-name', 'proxy-tlsauthtype', 'proxy-tlsuser', 'proxy-tlspassword', 'socks5-gssapi-service'],
  ...['dns-interface', 'dns-ipv4-addr', 'dns-ipv6-addr', 'create-file-mode', 'random-file', 'egd-file', 'krb'],
  ...['mail-from', 'mail-rcpt', 'mail-auth', 'sasl-authzid', 'pubkey', 'hostpubmd5', 'hostpubsha256', 'tftp-blksize'],
  ...['ftp-account', 'ftp-method', 'ftp-alternative-to-user', 'ftp-ssl-ccc-mode', 'ipfs-gateway', 'ech', 'ip-tos'],
]);

export interface CurlOption {
  /** As it was written: `-H`, `--max-time`. */
  flag: string;
  /** Empty: a word that is no option, which curl takes for a URL. */
  name: string;
  /** Null where it takes none, or where it is missing. */
  value: string | null;
  /** It takes a value. */
  takesValue: boolean;
}

/** The command's words after `curl`, as options: `-sXPOST`, `-X POST`, `--request POST` and `--request=POST` are one. */
export function curlOptions(words: readonly string[]): CurlOption[] {
  const options: CurlOption[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    const next = (): string | null => words[++at] ?? null;
    if (word.startsWith('--') && word !== '--') options.push(longOption(word, next));
    else if (word.startsWith('-') && word !== '-' && word !== '--') options.push(...shortOptions(word, next));
    else if (word !== '--') options.push({ flag: word, name: '', value: word, takesValue: true });
  }
  return options;
}

function longOption(word: string, next: () => string | null): CurlOption {
  const equals = word.indexOf('=');
  const flag = equals < 0 ? word : word.slice(0, equals);
  const name = flag.slice(2);
  if (!WITH_VALUE.has(name)) return { flag: word, name: flag.slice(2), value: null, takesValue: false };
  return { flag, name, value: equals < 0 ? next() : word.slice(equals + 1), takesValue: true };
}

function shortOptions(word: string, next: () => string | null): CurlOption[] {
  const options: CurlOption[] = [];
  for (let at = 1; at < word.length; at++) {
    const letter = word[at];
    const name = SHORT[letter] ?? letter;
    const takesValue = WITH_VALUE.has(name);
    const rest = word.slice(at + 1);
    options.push({ flag: `-${letter}`, name, value: !takesValue ? null : rest === '' ? next() : rest, takesValue });
    if (takesValue) break;
  }
  return options;
}
