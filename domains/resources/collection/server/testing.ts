import { Readable } from 'node:stream'
import { vi } from 'vitest'
import { type AnyDataset, citizenCheckDigit, type DatasetDefinition, dataDesk, registry } from '#platform/registry'
import { client, type SignedInClient, type TestApp } from '#platform/testing'
import { type Actor, system, words } from '#runtime'
import { collectionRoles } from '../declarations/roles.ts'
import { findDataset } from './known-datasets.ts'

const definition: DatasetDefinition = {
  name: 'stall',
  title: words('摊位', 'Stalls'),
  about: words('只用于测试', 'For tests only'),
  source: 'city.market',
  fields: [
    { name: 'code', kind: 'text', title: words('编号', 'Code'), required: true, max: 20 },
    { name: 'name', kind: 'text', title: words('摊主', 'Keeper'), personal: true, mask: 'name', max: 60 },
    { name: 'number', kind: 'identity', title: words('身份证号', 'Citizen number') },
    { name: 'phone', kind: 'phone', title: words('电话', 'Telephone') },
    { name: 'area', kind: 'decimal', title: words('面积', 'Area') },
    { name: 'opened', kind: 'date', title: words('开业日期', 'Opened') },
    { name: 'closed', kind: 'date', title: words('歇业日期', 'Closed') },
    { name: 'trade', kind: 'text', title: words('行业', 'Trade'), max: 40 },
  ],
  key: ['code'],
  level: 'sensitive',
  sharing: 'conditional',
  opening: 'closed',
  retentionYears: 0,
}

export type Stall = Readonly<Record<string, string | number>>

const BEGINNING = '37090219900101123'
export const NUMBER = `${BEGINNING}${citizenCheckDigit(BEGINNING)}`

/** A stall whose every value is good. */
export const stall = (n: number, more: Stall = {}): Stall => ({
  code: `S${n}`,
  name: '王伟',
  number: NUMBER,
  phone: '13800138000',
  area: 12.5,
  opened: '2020-03-01',
  closed: '2024-03-01',
  trade: '餐饮',
  ...more,
})

/** Rights of a role of this module, for a signed-in person. */
export const rightsOf = (role: string) => collectionRoles.find(({ id }) => id === `collection.${role}`)?.rights ?? {}

export interface Bench {
  readonly dataset: AnyDataset
  readonly write: (rows: readonly Stall[]) => Promise<unknown>
  readonly remove: (codes: readonly string[]) => Promise<unknown>
  /** Imports rows as a file of their source. @param by who brings it, the same one unless said */
  readonly deliver: (csv: string, by?: Actor) => Promise<number>
  readonly steward: SignedInClient
  readonly head: SignedInClient
  /** Data officer of the source, and of another department. */
  readonly market: SignedInClient
  readonly police: SignedInClient
}

/** A dataset of market regulation, and the people around it. */
export async function bench(running: TestApp): Promise<Bench> {
  const { app } = running
  const actor = system('collection.test')
  const id = await app.work(actor, (work) => app.use(dataDesk).define(work, definition))
  const dataset = findDataset(app, id)
  if (!dataset) throw new TypeError('The dataset is not there.')
  return {
    dataset,
    write: (rows) => app.work(actor, (work) => app.use(registry).write(work, dataset, rows)),
    remove: (codes) =>
      app.work(actor, (work) =>
        app.use(registry).remove(
          work,
          dataset,
          codes.map((code) => ({ code })),
        ),
      ),
    deliver: async (csv, by = actor) => {
      const load = await app.work(by, (work) =>
        app.use(dataDesk).load(work, { dataset: id, name: '摊位.csv', content: Readable.from([csv]) }),
      )
      await vi.waitFor(
        async () => {
          if ((await app.use(dataDesk).progress(load)).state === 'loading') throw new TypeError('still loading')
        },
        { timeout: 30_000, interval: 100 },
      )
      return load
    },
    steward: await client(running, { rights: rightsOf('steward'), organisation: 'city.big-data' }),
    head: await client(running, { rights: rightsOf('head'), organisation: 'city.big-data' }),
    market: await client(running, { rights: rightsOf('source'), organisation: 'city.market' }),
    police: await client(running, { rights: rightsOf('source'), organisation: 'city.police' }),
  }
}

/** Modules that these tests need; the whole city would take longer to start. */
export async function modules() {
  const { platformModules } = await import('../../../../platform/modules.ts')
  const { collectionModule } = await import('../module.ts')
  return [...platformModules, collectionModule]
}
