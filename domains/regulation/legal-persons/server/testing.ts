import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { baseTables } from '#domains/resources/base'
import { dataDesk } from '#platform/registry'
import type { TestApp } from '#platform/testing'
import { system } from '#runtime'
import { makeCity } from '../../../../tools/city/make-city.ts'
import { firmFeatures } from '../declarations/features.ts'
import { firmTags } from '../declarations/tags/all.ts'

/** Loads what the tags read of a small city, as its departments would hand it over. */
export async function loadFirms({ app }: TestApp, residents = 1200): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'daizong-tags-'))
  try {
    await makeCity({ residents, seed: 7, out: join(folder, 'city'), workers: 1 })
    const files = await readdir(join(folder, 'city', 'files'))
    const needed = new Set(
      [...firmTags, ...firmFeatures].flatMap(({ sources }) => sources.map(({ dataset }) => dataset)),
    )
    const loads: number[] = []
    for (const { dataset, file } of baseTables.filter(({ dataset: { id } }) => needed.has(id))) {
      const name = files.find((each) => each.startsWith(`${file}.`)) ?? ''
      const content = createReadStream(join(folder, 'city', 'files', name))
      loads.push(
        await app.work(system('test'), (work) => app.use(dataDesk).load(work, { dataset: dataset.id, name, content })),
      )
    }
    await vi.waitFor(
      async () => {
        for (const load of loads) {
          const { state } = await app.use(dataDesk).progress(load)
          if (state !== 'done') throw new TypeError(`The load ${load} is ${state}`)
        }
      },
      { timeout: 500_000, interval: 200 },
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
