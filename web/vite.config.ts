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

/** The styles that come with a chunk; those of the chunks that it loads later do not count. */
const stylesOf = (chunk: object): string[] => [
  ...((chunk as { viteMetadata?: { importedCss?: Set<string> } }).viteMetadata?.importedCss ?? []),
];

/** Fails the build when the entry has grown over its budget: nobody notices a slow page coming, kilobyte by kilobyte. */
function entryBudget(): Plugin {
  return {
    name: 'hookline-entry-budget',
    generateBundle(_options, bundle) {
      const first = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry);
      const loaded = first?.type === 'chunk' ? [first.fileName, ...first.imports, ...stylesOf(first)] : [];
      const entry = loaded.map((name) => bundle[name]);
      const bytes = entry.reduce((sum, file) => sum + gzipSync('code' in file ? file.code : file.source).length, 0);
      const text = `The entry has ${bytes} bytes gzipped of ${ENTRY_BUDGET}.`;
      if (bytes > ENTRY_BUDGET) this.error(text);
      this.info(text);
    },
  };
}

export default defineConfig({
  root: here('.'),
  plugins: [react(), colorSchemeScript(), entryBudget()],
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
