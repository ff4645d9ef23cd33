import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

export default defineConfig({
  root: here('.'),
  plugins: [react(), colorSchemeScript()],
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    // A data: address would need a wider content security policy.
    assetsInlineLimit: 0,
    target: 'es2022',
  },
  server: { proxy: { '/api': api, '/health': api } },
});
