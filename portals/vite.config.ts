import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './compressed.config.ts'
import { offlinePages } from './offline.config.ts'
import { servicePages } from './service-pages.config.ts'

/**
 * Builds all portals into `dist/`: one `index.html`, which the server sends for every page address (`server/http/pages.ts`); `main.ts` reads the
 * address and loads the portal it belongs to, so nobody downloads another portal's code.
 */
export default defineConfig({
  root: fileURLToPath(new URL('./', import.meta.url)),
  plugins: [
    react(),
    servicePages(fileURLToPath(new URL('../services', import.meta.url))),
    offlinePages({
      worker: new URL('./staff/service-worker.ts', import.meta.url),
      entries: [new URL('./staff/start.tsx', import.meta.url)],
    }),
    compressed(),
  ],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    // A page takes from the kit and the policy library what it uses; only the worker's file does something by being loaded.
    rolldownOptions: {
      // What draws charts is one file, fetched once a page stands.
      output: { codeSplitting: { groups: [{ name: 'charts', test: /node_modules\/(echarts|zrender)\// }] } },
      treeshake: {
        moduleSideEffects: [{ test: /\/(kit|policy)\/(?!live\/worker\.ts).*\.tsx?$/, sideEffects: false }],
      },
    },
  },
  // For `npx vite --config portals/vite.config.ts` beside a running server.
  server: {
    proxy: { '^/(\\d{6}/)?api/': { target: `http://127.0.0.1:${process.env.PORT ?? 3000}`, changeOrigin: false } },
  },
})
