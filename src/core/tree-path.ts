/**
 * The path by which a webhook starts an integration of this engine: `<Tree Group> :: <Tree Name>`. A group may have
 * parts of its own: `Submissions > services > it :: Submitted`.
 */
const SEPARATOR = ' :: ';

/** Where the other system's own addresses lead, for example `/kinetic-task/app/api/v1/run-tree/Kinetic Request CE/…`. */
const RUN_TREE = /^\/[^/]+\/app\/api\/v1\/run-tree\/[^/]+(?=\/)/;

/** True for an address of this engine itself. */
export const isTreeUrl = (url: string): boolean => url.startsWith('/') && !url.startsWith('//');

/** The path that an address like `/Teams/Updated` names, each part percent-decoded; null where it names none. */
export function treePathOf(url: string): string | null {
  const parts = url.split(/[?#]/, 1)[0].replace(RUN_TREE, '').split('/').slice(1);
  if (parts.length !== 2) return null;
  const [group, name] = parts.map(decoded);
  return group && name ? `${group}${SEPARATOR}${name}` : null;
}

/** True for a path as an integration carries it. */
export function isTreePath(path: string): boolean {
  const parts = path.split(SEPARATOR);
  return parts.length === 2 && parts.every((part) => part !== '' && part === part.trim());
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part).trim();
  } catch {
    return null;
  }
}
