// npm run db:new add-retention: a migration to fill in, and its place in the list that the program reads.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const FOLDER = new URL('../migrations/', import.meta.url);
const LIST = new URL('../src/platform/database/migration-list.ts', import.meta.url);

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(name)) {
  console.error('Say what it does in verb-noun form, for example: npm run db:new add-retention');
  process.exit(1);
}

// Later than every other, also than one that was made by a clock ahead of ours: their order is the order of history.
const last = Math.max(0, ...readdirSync(FOLDER).map((file) => Number.parseInt(file, 10) || 0));
const stamp = Math.max(Date.now(), last + 1);
const file = `${stamp}-${name}`;
const className = `${name.replace(/(^|-)(.)/g, (_, _dash, letter) => letter.toUpperCase())}${stamp}`;

const list = readFileSync(LIST, 'utf8');
const imports = list.match(/^import .*migrations\/.*;$/gm);
const array = /export const migrations(: [^=]+)? = \[([^\]]*)\];/;
if (!imports || !array.test(list))
  throw new Error(`${LIST.pathname} does not look as it did: add the migration there by hand.`);
const lastImport = imports.at(-1);
const entries = (before) => [...before.split(',').map((entry) => entry.trim()), className].filter(Boolean).join(', ');

writeFileSync(
  new URL(`${file}.ts`, FOLDER),
  `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${className} implements MigrationInterface {
  name = '${className}';

  async up(db: QueryRunner): Promise<void> {
    await db.query(\`\`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
`,
  { flag: 'wx' },
);
writeFileSync(
  LIST,
  list
    .replace(lastImport, `${lastImport}\nimport { ${className} } from '../../../migrations/${file}.js';`)
    .replace(array, (_, type = '', before) => `export const migrations${type} = [${entries(before)}];`),
);
console.log(
  `migrations/${file}.ts: fill in up(). An old program may still run beside the new schema: add first, remove a release later.`,
);
