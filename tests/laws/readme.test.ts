import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allModules } from '../../apps/server/modules.ts'

test.each(allModules.map(({ id, folder }) => [id, folder] as const))('%s has a README of its own', (_id, folder) => {
  const file = join(folder, 'README.md')
  expect(existsSync(file)).toBe(true)
  expect(readFileSync(file, 'utf8')).toMatch(/^# .+\n\n[\s\S]{200,}/)
})
