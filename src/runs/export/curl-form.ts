import type { ShownFile, ShownPart } from '../../core/form-summary.js';

/** A form as options of curl; `notes` say which files must be there first. */
export interface CurlForm {
  notes: string[];
  /** Values of `-F`, unquoted. */
  fields: string[];
}

/** Null where curl has no way to say it: it ends a name at the first `=`. */
export function curlForm(parts: readonly ShownPart[]): CurlForm | null {
  if (parts.some(({ name }) => name.includes('='))) return null;
  const files = parts.filter((part): part is ShownFile => !('text' in part));
  return {
    notes: [...new Set(files.map(noteOf))],
    fields: parts.map((part) =>
      'text' in part
        ? `${part.name}=${enclosed(part.text)};type=text/plain; charset=utf-8`
        : `${part.name}=@${enclosed(pathOf(part))}${part.contentType === null ? '' : `;type=${part.contentType}`}` +
          `;filename=${enclosed(part.filename ?? nameOf(part))}`,
    ),
  };
}

const noteOf = (file: ShownFile): string => {
  const from = file.fileId === undefined ? `GET ${file.url}` : `GET /api/v1/files/${file.fileId}`;
  return `# Save as ${JSON.stringify(pathOf(file))} first: ${JSON.stringify(from).slice(1, -1)}`;
};

/** In this folder, whatever somebody named it: a name may not make whoever pastes the command send another file. */
const pathOf = (file: ShownFile): string => `./${nameOf(file)}`;

function nameOf({ filename, url }: ShownFile): string {
  const path = filename ?? URL.parse(url ?? '')?.pathname ?? '';
  return path.split(/[/\\]/).at(-1) || 'file';
}

/** As curl's manual has it for -F: within double quotes, those and backslashes are escaped; then no @ or < is special. */
const enclosed = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;
