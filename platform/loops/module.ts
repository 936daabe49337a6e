import { type Claim, defineModule, StartError, words } from '#runtime'
import { mistakesIn } from './check-definition.ts'

const loopsClaim: Claim<'loops'> = {
  list: 'loops',
  check: (entries, modules) => {
    const rights = new Set(modules.flatMap((module) => (module.rights ?? []).map(({ id }) => id)))
    const definitions = new Map(entries.map(({ entry }) => [entry.id, entry]))
    for (const { module, entry } of entries) {
      const [first, ...more] = mistakesIn(entry, { rights, definitions })
      if (first === undefined) continue
      const rest = more.length > 0 ? ` (and ${more.length} more mistakes)` : ''
      throw new StartError(`Loop "${entry.id}" of module "${module.id}" cannot run: ${first}${rest}.`)
    }
  },
}

export const loopsModule = defineModule({
  id: 'loops',
  title: words('闭环', 'Loops'),
  about: words(
    '凡需办结的事项：流程、期限、待办、督办、时间线',
    'Matters that someone must close: definitions, clocks, inboxes, supervision, time lines',
  ),
  needs: ['crypto', 'audit', 'identity', 'registry', 'forms', 'documents', 'notices'],
  folder: import.meta.dirname,
  claims: [loopsClaim],
  rights: [
    { id: 'loops.read', title: words('查看辖区内全部事项', 'Read every matter of the area') },
    { id: 'loops.supervise', title: words('督办、催办、转办', 'Supervise, urge and transfer matters') },
    { id: 'loops.instruct', title: words('批示', 'Give instructions') },
    { id: 'loops.reopen', title: words('重新办理已办结事项', 'Take up ended matters again') },
  ],
  auditEvents: [
    { id: 'loops.opened', title: words('新建事项', 'A matter was opened'), kind: 'write' },
    { id: 'loops.acted', title: words('办理事项', 'Something was done with a matter'), kind: 'write' },
    { id: 'loops.instance.read', title: words('查看事项', 'A matter was read'), kind: 'personal' },
  ],
  roles: [
    {
      id: 'loops.supervisor',
      title: words('督查员', 'Supervisor of matters'),
      rights: { 'loops.read': 'city', 'loops.supervise': 'city', 'loops.reopen': 'city' },
      demoPosts: ['city.government-office.supervision'],
    },
    {
      id: 'loops.leader',
      title: words('分管领导', 'Leader in charge'),
      rights: { 'loops.read': 'city', 'loops.supervise': 'city', 'loops.instruct': 'city' },
      demoPosts: ['city.government.leader'],
    },
  ],
  server: () => import('./server/index.ts'),
})
