import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Each journey has a demo world, a browser and a database of its own; two at a time, since each waits more than it computes.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['journeys/**/*.test.ts'],
    globalSetup: ['journeys/demo-world.ts'],
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 240_000,
  },
})
