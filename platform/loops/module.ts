import { type Claim, defineModule, StartError, words } from '#runtime'
import { mistakesIn } from './check-definition.ts'
import { laws } from './rules/laws.ts'

const loopsClaim: Claim<'loops'> = {
  list: 'loops',
  check: (entries, modules) => {
    const rights = new Set(modules.flatMap((module) => (module.rights ?? []).map(({ id }) => id)))
    const definitions = new Map(entries.map(({ entry }) => [entry.id, entry]))
    for (const { module, entry } of entries) {
      const [first, ...more] = mistakesIn(entry, { rights, definitions })
      if (first === undefined) continue
      const rest = more.length > 0 ? ` (and ${more.length} more mistakes)` : ''
      throw new StartError(`Loop "${entry.id}" of module "${module.id}" cannot run: ${first.message.en}${rest}.`)
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
  needs: ['crypto', 'audit', 'identity', 'registry', 'rules', 'forms', 'documents', 'notices'],
  folder: import.meta.dirname,
  claims: [loopsClaim],
  rules: laws,
  rights: [
    { id: 'loops.read', title: words('查看辖区内全部事项', 'Read every matter of the area') },
    { id: 'loops.supervise', title: words('督办、催办、转办', 'Supervise, urge and transfer matters') },
    { id: 'loops.instruct', title: words('批示', 'Give instructions') },
    { id: 'loops.define', title: words('定制流程', 'Make and change definitions of matters') },
    { id: 'loops.open', title: words('发起自定义事项', 'Open matters of own definitions') },
    { id: 'loops.handle', title: words('办理自定义事项', 'Handle matters of own definitions') },
    { id: 'loops.hand-over', title: words('批量移交事项', 'Hand over all matters of one who leaves') },
    { id: 'loops.reopen', title: words('重新办理已办结事项', 'Take up ended matters again') },
  ],
  auditEvents: [
    { id: 'loops.opened', title: words('发起事项', 'A matter was opened'), kind: 'write' },
    { id: 'loops.acted', title: words('办理事项', 'Something was done with a matter'), kind: 'write' },
    { id: 'loops.definition.saved', title: words('保存流程草稿', 'A draft of a definition was saved'), kind: 'write' },
    { id: 'loops.definition.dropped', title: words('删除流程草稿', 'A draft was dropped'), kind: 'write' },
    { id: 'loops.definition.tried', title: words('试运行流程', 'A draft was tried out'), kind: 'write' },
    { id: 'loops.definition.published', title: words('发布流程', 'A definition was published'), kind: 'write' },
    {
      id: 'loops.definition.switched',
      title: words('切换流程版本', 'Another version was put in force'),
      kind: 'write',
    },
    {
      id: 'loops.definition.moved',
      title: words('迁移在办事项', 'Running matters were moved to a version'),
      kind: 'write',
    },
    { id: 'loops.handed-over', title: words('批量移交事项', 'All matters of one were handed over'), kind: 'write' },
    { id: 'loops.ruling.withdrawn', title: words('撤销裁定', 'A ruling was withdrawn'), kind: 'write' },
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
      id: 'loops.designer',
      title: words('流程管理员', 'Designer of matters'),
      rights: { 'loops.define': 'city', 'loops.open': 'city', 'loops.handle': 'city', 'loops.hand-over': 'city' },
      demoPosts: ['city.big-data.administrator'],
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
