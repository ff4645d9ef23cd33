import { readdirSync, readFileSync } from 'node:fs';

const MS_PER_TICK = 10; // Linux counts CPU time in hundredths of a second for every architecture it shows it to

const statOf = (pid) => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};

/** A process and what it started, by pid. */
export function treeOf(rootPid) {
  const children = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = Number(statOf(pid)[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
    } catch {
      // it ended while we looked
    }
  }
  const visit = (pid) => [pid, ...(children.get(pid) ?? []).flatMap(visit)];
  return visit(rootPid);
}

/** CPU time of a process tree in milliseconds, with that of its children that have ended; null where it cannot be read. */
export function cpuMsOf(rootPid) {
  try {
    return treeOf(rootPid).reduce((sum, pid) => {
      const [user, system, endedUser, endedSystem] = statOf(pid).slice(11, 15).map(Number);
      return sum + (user + system + endedUser + endedSystem) * MS_PER_TICK;
    }, 0);
  } catch {
    return null;
  }
}

/** The largest resident size that a process ever had, in MiB; null where it cannot be read. */
export function peakMiBOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return null;
  }
}

/** What a process tree holds in memory now, shared pages counted once, in MiB; null where it cannot be read. */
export function sharedMiBOf(rootPid) {
  try {
    const kib = (pid) => Number(/\nPss:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]);
    return treeOf(rootPid).reduce((sum, pid) => sum + kib(pid), 0) / 1024;
  } catch {
    return null;
  }
}
