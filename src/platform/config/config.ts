import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder (absolute), or a bucket of an S3-compatible service; without an endpoint that of AWS. */
export type FilesPlace =
  | { kind: 'folder'; path: string }
  | { kind: 'bucket'; bucket: string; prefix: string; endpoint: string | null; region: string };

export type ProcessRole = 'all' | 'api' | 'worker';

/** Every setting, validated once at start and frozen; also the token it is injected by. Names and defaults: `.env.example`. */
export abstract class Config {
  readonly role: ProcessRole;
  readonly port: number;
  readonly host: string;
  /** Null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Absolute. */
  readonly dataDir: string;
  /** Origin under which people reach this instance, without a trailing slash. */
  readonly publicUrl: string;
  readonly adminApiKey: string | null;
  /** Where the bytes of stored files lie. Every process needs the same. */
  readonly files: FilesPlace;
  /** How long files are kept that nothing names any more. */
  readonly retentionDays: number;
  /** 32 bytes each: the first seals, all open. Empty only where the key lies in the data folder. */
  readonly secretKeys: readonly Buffer[];
  /** `host`, `address` or `cidr`, each with an optional `:port`. */
  readonly egressAllow: readonly string[];
  /** How many HTTP calls a worker has in flight at most. */
  readonly workerConcurrency: number;
  readonly logLevel: LogLevel;
  readonly version: string;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line for each bad setting. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** Reads the settings from an environment; an empty value counts as unset. Throws `ConfigError`. */
export function readConfig(env: Record<string, string | undefined>, cwd: string = process.cwd()): Config {
  const problems: string[] = [];
  const text = (name: string): string | null => env[name]?.trim() || null;

  const number = (name: string, fallback: number, min: number, max: number): number => {
    const value = text(name);
    if (value === null) return fallback;
    if (/^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max) return Number(value);
    problems.push(`${name} must be a whole number from ${min} to ${max}, not "${value}".`);
    return fallback;
  };
  const oneOf = <T extends string>(name: string, values: readonly T[], fallback: T): T => {
    const value = text(name);
    if (value === null) return fallback;
    if (values.includes(value as T)) return value as T;
    problems.push(`${name} must be one of ${values.join(', ')}, not "${value}".`);
    return fallback;
  };
  const url = (name: string, protocols: readonly string[]): URL | null => {
    const value = text(name);
    if (value === null) return null;
    const parsed = URL.canParse(value) ? new URL(value) : null;
    if (parsed && protocols.includes(parsed.protocol)) return parsed;
    problems.push(`${name} must be a URL that begins with ${protocols.map((each) => `${each}//`).join(' or ')}.`);
    return null;
  };

  const port = number('PORT', 3000, 0, 65535);
  const host = text('HOST') ?? '127.0.0.1';
  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const publicUrl = url('HOOKLINE_PUBLIC_URL', ['http:', 'https:']);
  if (publicUrl && (publicUrl.search || publicUrl.hash || publicUrl.username)) {
    problems.push('HOOKLINE_PUBLIC_URL must be an origin with an optional path: no user, query or fragment.');
  }
  const filesUrl = url('HOOKLINE_FILES_URL', ['file:', 's3:']);
  if (filesUrl?.protocol === 'file:' && filesUrl.host) {
    problems.push('HOOKLINE_FILES_URL must name a folder of this machine: file:///path.');
  }
  if (filesUrl?.protocol === 's3:' && bucketOf(filesUrl) === null) {
    problems.push(
      'HOOKLINE_FILES_URL must be s3://bucket/prefix?region=…&endpoint=https://…, without credentials in it.',
    );
  }
  const adminApiKey = text('HOOKLINE_ADMIN_API_KEY');
  if (adminApiKey !== null && !/^hl_[A-Za-z0-9_-]{32,128}$/.test(adminApiKey)) {
    problems.push('HOOKLINE_ADMIN_API_KEY must be "hl_" and 32 to 128 characters of A-Z a-z 0-9 _ -.');
  }
  const secretKeys = (text('HOOKLINE_SECRET_KEY') ?? '').split(',').flatMap((entry) => keyOf(entry.trim()) ?? []);
  if (secretKeys.length !== (text('HOOKLINE_SECRET_KEY') ?? '').split(',').filter((entry) => entry.trim()).length) {
    problems.push(
      `HOOKLINE_SECRET_KEY must be 32 bytes in base64, or several of them separated by commas. ${MAKE_ONE}`,
    );
  } else if (databaseUrl !== null && secretKeys.length === 0) {
    problems.push(`HOOKLINE_SECRET_KEY is needed beside DATABASE_URL: it seals stored sign-ins. ${MAKE_ONE}`);
  }
  const dataDir = text('HOOKLINE_DATA_DIR') ?? '.hookline';
  const absoluteDataDir = isAbsolute(dataDir) ? dataDir : resolve(cwd, dataDir);
  const egressAllow = (text('HOOKLINE_EGRESS_ALLOW') ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  for (const entry of egressAllow) {
    if (!/^[A-Za-z0-9.:[\]_/-]+$/.test(entry)) {
      problems.push(`HOOKLINE_EGRESS_ALLOW: "${entry}" is no host, address or CIDR with an optional :port.`);
    }
  }
  const config: Config = {
    role: oneOf('HOOKLINE_ROLE', ['all', 'api', 'worker'], 'all'),
    port,
    host,
    databaseUrl: databaseUrl?.href ?? null,
    dataDir: absoluteDataDir,
    publicUrl: publicUrl?.href.replace(/\/$/, '') ?? `http://localhost:${port}`,
    adminApiKey,
    files: placeOf(filesUrl) ?? { kind: 'folder', path: join(absoluteDataDir, 'files') },
    retentionDays: number('HOOKLINE_RETENTION_DAYS', 30, 1, 3650),
    secretKeys: Object.freeze(secretKeys),
    egressAllow: Object.freeze(egressAllow),
    workerConcurrency: number('HOOKLINE_WORKER_CONCURRENCY', 1_000, 1, 10_000),
    logLevel: oneOf('HOOKLINE_LOG_LEVEL', LOG_LEVELS, 'info'),
    version: programVersion(),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

function placeOf(url: URL | null): FilesPlace | null {
  if (url?.protocol === 's3:') return bucketOf(url);
  return url && !url.host ? { kind: 'folder', path: fileURLToPath(url) } : null;
}

function bucketOf(url: URL): FilesPlace | null {
  const endpoint = url.searchParams.get('endpoint');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.host) || url.username || url.password || url.hash) return null;
  if (endpoint !== null && !/^https?:\/\/[^/@]+\/?$/.test(endpoint)) return null;
  const prefix = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '');
  return {
    kind: 'bucket',
    bucket: url.host,
    prefix: prefix === '' ? '' : `${prefix}/`,
    endpoint,
    region: url.searchParams.get('region') ?? 'us-east-1',
  };
}

const MAKE_ONE = 'One is made by: openssl rand -base64 32';

/** Base64 of either alphabet, with or without its padding; null where it is not of 32 bytes. */
function keyOf(text: string): Buffer | null {
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return null;
  return Buffer.from(text, 'base64');
}

function programVersion(): string {
  for (const up of ['../../../package.json', '../../../../package.json']) {
    try {
      const parsed = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as {
        name: string;
        version: string;
      };
      if (parsed.name === 'hookline') return parsed.version;
    } catch {
      // not there: the sources lie one folder higher than the build
    }
  }
  return '0.0.0';
}
