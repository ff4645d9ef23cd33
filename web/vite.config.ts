import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const api = process.env.HOOKLINE_DEV_API ?? 'http://localhost:3000';

/**
 * The colour scheme must be set before the first paint, and the content security policy allows no inline script:
 * so it is a small classic script of its own, loaded first, with a hashed name like every other asset.
 */
function colorSchemeScript(): Plugin {
  const source = () => readFileSync(here('./src/app/color-scheme.js'), 'utf8');
  let reference: string | undefined;
  return {
    name: 'hookline-color-scheme',
    configureServer(server) {
      server.middlewares.use('/color-scheme.js', (_request, response) => {
        response.setHeader('content-type', 'text/javascript').end(source());
      });
    },
    buildStart() {
      if (this.meta.watchMode || process.env.NODE_ENV === 'development') return;
      reference = this.emitFile({ type: 'asset', name: 'color-scheme.js', source: source() });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const emitted = Object.values(context.bundle ?? {}).find((file) => file.fileName.includes('color-scheme'));
        const src = reference && emitted ? `/${emitted.fileName}` : '/color-scheme.js';
        return [{ tag: 'script', attrs: { src }, injectTo: 'head-prepend' }];
      },
    },
  };
}

/** What a browser loads before the first page shows, script and styles together. */
const ENTRY_BUDGET = 220_000;
/** What comes on top of it for a page with all that it loads later, by a file of the page. */
const PAGE_BUDGETS: Record<string, number> = { 'overview-page.tsx': 110_000 };

/** The styles that come with a chunk; those of the chunks that it loads later do not count. */
const stylesOf = (chunk: object): string[] => [
  ...((chunk as { viteMetadata?: { importedCss?: Set<string> } }).viteMetadata?.importedCss ?? []),
];

/** Fails the build when something has grown over its budget: nobody notices a slow page coming, kilobyte by kilobyte. */
function budgets(): Plugin {
  return {
    name: 'hookline-budgets',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const withImports = (name: string, found: Set<string>, later: boolean): Set<string> => {
        const file = bundle[name];
        if (found.has(name) || file?.type !== 'chunk') return found;
        found.add(name);
        for (const style of stylesOf(file)) found.add(style);
        for (const next of [...file.imports, ...(later ? file.dynamicImports : [])]) withImports(next, found, later);
        return found;
      };
      const judge = (what: string, names: Iterable<string>, budget: number) => {
        const files = [...names].map((name) => bundle[name]);
        const bytes = files.reduce((sum, file) => sum + gzipSync('code' in file ? file.code : file.source).length, 0);
        const text = `${what} has ${bytes} bytes gzipped of ${budget}.`;
        if (bytes > budget) this.error(text);
        this.info(text);
      };
      const entry = withImports(chunks.find((file) => file.isEntry)?.fileName ?? '', new Set(), false);
      judge('The entry', entry, ENTRY_BUDGET);
      for (const [page, budget] of Object.entries(PAGE_BUDGETS)) {
        const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/${page}`));
        if (!chunk) this.error(`There is no chunk of ${page}: its budget holds nothing.`);
        const own = [...withImports(chunk.fileName, new Set(entry), true)].filter((name) => !entry.has(name));
        judge(page, own, budget);
      }
    },
  };
}

export default defineConfig({
  root: here('.'),
  plugins: [react(), colorSchemeScript(), budgets()],
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    // A data: address would need a wider content security policy.
    assetsInlineLimit: 0,
    target: 'es2022',
    // In kB before compression; the budget above is what counts.
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '/api': api, '/health': api } },
});
