const MOST = 100;

interface Operation {
  id: string;
  summary: string;
  tags: string[];
}

/** Those that have every word in their method, path, summary or tags; no more than one would look through. */
export function searchOperations<T extends Operation>(operations: readonly T[], words: string) {
  const wanted = words.toLowerCase().split(/\s+/);
  const found = operations.filter(({ id, summary, tags }) => {
    const text = [id, summary, ...tags].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  return { shown: found.slice(0, MOST), more: Math.max(0, found.length - MOST) };
}
