const MAX_NEAR = 3;
/** Longer names are nobody's slip of the pen, and comparing costs length × length. */
const MAX_COMPARED = 100;

/** At most three of `names` that somebody who wrote `name` may have meant, the likeliest first. */
export function nearNames(name: string, names: Iterable<string>): string[] {
  const wanted = plain(name);
  if (wanted === '' || wanted.length > MAX_COMPARED) return [];
  return [...names]
    .filter((each) => each.length <= MAX_COMPARED)
    .map((each) => ({ name: each, distance: distanceTo(wanted, plain(each)) }))
    .filter(({ name: each, distance }) => distance <= Math.max(2, Math.floor(each.length / 5)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_NEAR)
    .map((near) => near.name);
}

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s/:_-]+/g, '.');

/** Edits between the two; a name that ends with what was asked for (`task.created`) is near by that alone. */
function distanceTo(wanted: string, name: string): number {
  return name.endsWith(`.${wanted}`) ? 1 : editDistance(wanted, name);
}

/** Levenshtein's, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, swap));
    }
    row = next;
  }
  return row[b.length];
}
