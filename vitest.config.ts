import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: asked by the tool
export default defineConfig({
  test: {
    include: ['apps/**/*.test.ts', 'platform/**/*.test.ts', 'domains/**/*.test.ts', 'tests/*.test.ts', 'tests/laws/*.test.ts', 'tools/**/*.test.ts'],
    // The browser's walk through every page is `npm run test:browser`: it takes minutes and wants the machine for itself.
    exclude: ['**/node_modules/**', 'apps/portal/{portal,editor,matters}.test.ts'],
    globalSetup: ['tests/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // No test replaces a module, so each worker loads the program once.
    isolate: false,
  },
})
