import { defineConfig } from 'vitest/config'

const UNTIMED = ['tests/faults/kills.test.ts', 'tests/faults/public-data.test.ts']
const limits = { testTimeout: 20 * 60_000, hookTimeout: 120_000 }

// biome-ignore lint/style/noDefaultExport: asked by the tool
export default defineConfig({
  test: {
    projects: [
      // They ask what is right after a kill, not how long anything takes, so they share the machine.
      { test: { name: 'kills', include: UNTIMED, maxWorkers: 2, sequence: { groupOrder: 0 }, ...limits } },
      {
        test: {
          name: 'others',
          include: ['tests/faults/*.test.ts'],
          exclude: UNTIMED,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          ...limits,
        },
      },
    ],
  },
})
