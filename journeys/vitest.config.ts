import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Journeys share a machine with a browser and a database: one file after the other, each in a demo world of its own.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['journeys/**/*.test.ts'],
    globalSetup: ['journeys/demo-world.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 90_000,
    hookTimeout: 240_000,
  },
})
