import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: asked by the tool
export default defineConfig({
  test: {
    include: ['apps/**/*.test.ts', 'platform/**/*.test.ts', 'domains/**/*.test.ts', 'tests/*.test.ts', 'tests/laws/*.test.ts', 'tools/**/*.test.ts'],
    globalSetup: ['tests/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
