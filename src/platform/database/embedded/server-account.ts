import { type SpawnOptions } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chown, lchown, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Who runs the server. PostgreSQL refuses root. */
export interface Account {
  uid: number;
  gid: number;
}

const NOBODY = 'nobody';

/** Null: this process's own user will do. Root hands over to `nobody`, or to whoever owns the data folder already. */
export async function serverAccount(folder: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const stat = await lstat(folder).catch(() => null);
  if (stat && stat.uid !== 0) return { uid: stat.uid, gid: stat.gid };
  const nobody = lookUp(NOBODY);
  if (stat) await giveAll(folder, nobody); // root restored it from a backup
  return nobody;
}

/** Options for a child of that account: a new process group, and nothing of our environment, which holds secrets. */
export function childOptions(account: Account | null): SpawnOptions {
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  return { env, detached: true, ...(account ?? {}) };
}

export async function give(path: string, account: Account | null): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}

async function giveAll(path: string, account: Account): Promise<void> {
  await lchown(path, account.uid, account.gid);
  if (!(await lstat(path)).isDirectory()) return;
  for (const name of await readdir(path)) await giveAll(join(path, name), account);
}

function lookUp(name: string): Account {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`));
  const [, , uid, gid] = (line ?? '').split(':').map(Number);
  if (Number.isInteger(uid) && Number.isInteger(gid) && uid !== 0) return { uid, gid };
  throw new Error(
    `PostgreSQL does not run as root, and there is no user "${name}" to run it as: ` +
      'start Hookline as an ordinary user, add that user, or set DATABASE_URL.',
  );
}
