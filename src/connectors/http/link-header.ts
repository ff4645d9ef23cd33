/** The target of the first link with the relation `next` (RFC 8288, 3), as written; null where there is none. */
export function nextLink(headers: readonly string[]): string | null {
  for (const header of headers) {
    LINK.lastIndex = 0;
    for (let link = LINK.exec(header); link; link = LINK.exec(header)) {
      const relation = [...link[2].matchAll(PARAMETER)].find(([, name]) => name.toLowerCase() === 'rel');
      const names = (relation?.[2] ?? relation?.[3] ?? '').toLowerCase().split(/\s+/);
      if (names.includes('next')) return link[1].trim();
    }
  }
  return null;
}

/** `<target>` and its parameters; a comma within quotes does not end them. */
const LINK = /<([^<>]*)>((?:\s*;\s*[^\s=;,"]+(?:\s*=\s*(?:"[^"]*"|[^\s;,"]*))?)*)/g;

const PARAMETER = /;\s*([^\s=;,"]+)(?:\s*=\s*(?:"([^"]*)"|([^\s;,"]*)))?/g;
