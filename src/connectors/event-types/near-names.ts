const MAX_NEAR = 3;
/** Longer names are nobody's slip of the pen, and comparing costs length × length. */
const MAX_COMPARED = 60;

/**
 * At most three of `names` that somebody who wrote `name` may have meant, the likeliest first. Whatever is too far away
 * is given up early: comparing a name of 100 characters with all of five hundred to the end took half a second.
 */
export function nearNames(name: string, names: Iterable<string>): string[] {
  const wanted = plain(name.slice(0, MAX_COMPARED + 1));
  if (wanted === '' || wanted.length > MAX_COMPARED) return [];
  return [...names]
    .filter((each) => each.length <= MAX_COMPARED)
    .map((each) => ({ name: each, distance: distanceTo(wanted, plain(each), farthest(each)) }))
    .filter(({ name: each, distance }) => distance <= farthest(each))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_NEAR)
    .map((near) => near.name);
}

/** The most edits by which somebody still meant this name. */
const farthest = (name: string): number => Math.max(2, Math.floor(name.length / 5));

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s/:_-]+/g, '.');

/** Edits between the two; a name that ends with what was asked for (`task.created`) is near by that alone. */
function distanceTo(wanted: string, name: string, most: number): number {
  return name.endsWith(`.${wanted}`) ? 1 : editDistance(wanted, name, most);
}

/** Levenshtein's, one row at a time, and of each row what `most` edits can reach; `Infinity` beyond them. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = Array<number>(b.length + 1).fill(Infinity);
    if (i <= most) next[0] = i;
    let least = next[0];
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j++) {
      const swap = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, swap);
      if (next[j] < least) least = next[j];
    }
    if (least > most) return Infinity;
    row = next;
  }
  return row[b.length];
}
