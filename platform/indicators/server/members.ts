import { sensing } from '#platform/sensing'
import type { App } from '#runtime'
import type { Indicator, Member } from '../indicator.ts'
import type { Hooks } from './hooks.ts'

/** Members of an indicator's dimension with their names; from a hook, or the devices of that class. */
export async function membersOf(app: App, hooks: Hooks, { dimension }: Indicator): Promise<readonly Member[]> {
  if (dimension === 'city') return [{ id: 'city', title: { zh: '全市', en: 'The city' } }]
  const name = typeof dimension === 'string' ? dimension : dimension.dataset
  const hook = hooks.members.get(name)
  if (hook) return hook(app)
  const devices = typeof dimension === 'string' ? [] : await app.use(sensing).devices({ class: name })
  return devices.map(({ code, title }) => ({ id: code, title }))
}
