import { identity } from '#platform/identity'
import { sensing } from '#platform/sensing'
import type { App } from '#runtime'
import type { Indicator, Member } from '../indicator.ts'
import type { Hooks } from './hooks.ts'
import { newestMembers } from './read-values.ts'

/** Members of an indicator's dimension with their names; from a hook, or the devices of that class. */
export async function membersOf(app: App, hooks: Hooks, { id, dimension }: Indicator): Promise<readonly Member[]> {
  if (dimension === 'city') return [{ id: 'city', title: { zh: '全市', en: 'The city' } }]
  const name = typeof dimension === 'string' ? dimension : dimension.dataset
  const hook = hooks.members.get(name)
  if (hook) return hook(app)
  if (dimension === 'division') return divisionsOf(app, id)
  const devices = typeof dimension === 'string' ? [] : await app.use(sensing).devices({ class: name })
  return devices.map(({ code, title }) => ({ id: code, title }))
}

/** Divisions that have a value in the newest period. */
async function divisionsOf(app: App, indicator: string): Promise<readonly Member[]> {
  const codes = await newestMembers(app.db, indicator)
  const names = await app.use(identity).divisionNames(codes)
  return codes.map((code) => ({ id: code, title: names.get(code) ?? { zh: code, en: code } }))
}
