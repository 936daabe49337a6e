import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: asked by the tool
export default defineConfig({
  test: {
    include: ['apps/portal/portal.test.ts', 'apps/portal/editor.test.ts', 'apps/portal/matters.test.ts'],
    globalSetup: ['tests/global-setup.ts'],
    testTimeout: 10 * 60_000,
    hookTimeout: 120_000,
  },
})
