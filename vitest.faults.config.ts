import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: asked by the tool
export default defineConfig({
  test: { include: ['tests/faults/*.test.ts'], testTimeout: 20 * 60_000, hookTimeout: 120_000, fileParallelism: false },
})
