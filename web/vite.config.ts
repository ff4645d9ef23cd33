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

/**
 * React Flow names its components for debugging, and a component that is given a name counts as used: without the names
 * its minimap, controls and handles to resize stay away.
 */
function nameless(): Plugin {
  return {
    name: 'hookline-nameless',
    apply: 'build',
    transform: {
      filter: { id: /@xyflow\/react\/dist\/esm\/index/ },
      handler: (code) => ({ code: code.replace(/^\w+\.displayName = .*;$/gm, ''), map: null }),
    },
  };
}

/** Bytes gzipped, script and styles together: what a browser loads before the first page shows. */
const ENTRY_BUDGET = 220_000;
/** And what a page adds to that, with everything that it loads later. */
const PAGE_BUDGET = 110_000;
/** The builder adds this with a step open; its dialogs and its versions come when somebody asks for them. */
const BUILDER = { page: 'builder-page', parts: ['builder-panel', 'template-editor'], budget: 190_000 };

/** Fails the build when something has grown over its budget: nobody notices a slow page coming, kilobyte by kilobyte. */
function budgets(): Plugin {
  return {
    name: 'hookline-budgets',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const named = (name: string): Chunk => {
        const found = chunks.find((chunk) => chunk.isDynamicEntry && chunk.name === name);
        return found ?? this.error(`There is no chunk ${name}: the budget of the builder names its parts.`);
      };
      const bytesOf = (names: string[]) =>
        names.reduce((sum, name) => {
          const file = bundle[name];
          return sum + gzipSync('code' in file ? file.code : file.source).length;
        }, 0);
      const check = (what: string, bytes: number, budget: number) => {
        const text = `${what} has ${bytes} bytes gzipped of ${budget}.`;
        if (bytes > budget) this.error(text);
        this.info(text);
      };

      const entry = chunks.find((chunk) => chunk.isEntry)!;
      const first = loadedBy(bundle, [entry], false);
      check('The entry', bytesOf([...first]), ENTRY_BUDGET);
      for (const name of entry.dynamicImports) {
        const page = bundle[name] as Chunk;
        const isBuilder = page.name === BUILDER.page;
        const roots = isBuilder ? [page, ...BUILDER.parts.map(named)] : [page];
        const more = [...loadedBy(bundle, roots, !isBuilder, first)].filter((file) => !first.has(file));
        check(`The page ${page.name}`, bytesOf(more), isBuilder ? BUILDER.budget : PAGE_BUDGET);
      }
      named(BUILDER.page);
    },
  };
}

type Bundle = Parameters<Extract<NonNullable<Plugin['generateBundle']>, (...args: never[]) => unknown>>[1];
type Chunk = Extract<Bundle[string], { type: 'chunk' }>;

/** Adds to the known names those of chunks, of all that they import, and of their styles. */
function loadedBy(bundle: Bundle, roots: Chunk[], withLater: boolean, known = new Set<string>()): Set<string> {
  const names = new Set(known);
  const left = [...roots];
  for (let chunk = left.pop(); chunk; chunk = left.pop()) {
    if (names.has(chunk.fileName)) continue;
    names.add(chunk.fileName);
    for (const style of chunk.viteMetadata?.importedCss ?? []) names.add(style);
    for (const name of [...chunk.imports, ...(withLater ? chunk.dynamicImports : [])]) left.push(bundle[name] as Chunk);
  }
  return names;
}

export default defineConfig({
  root: here('.'),
  plugins: [react(), colorSchemeScript(), nameless(), budgets()],
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    // A data: address would need a wider content security policy.
    assetsInlineLimit: 0,
    target: 'es2022',
    // Of these the editor needs nothing of a language; they do not say that nothing happens where they are only read.
    rolldownOptions: {
      treeshake: {
        manualPureFunctions: ['memo', 'forwardRef'],
        moduleSideEffects: [{ test: /node_modules\/@lezer\/common\//, sideEffects: false }],
      },
    },
    // In kB before compression; the budget above is what counts.
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '/api': api, '/health': api } },
});
