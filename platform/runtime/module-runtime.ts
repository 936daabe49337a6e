import type { Module } from './module.ts'
import { words } from './words.ts'

/** The runtime's own entry: its tables, and the two lists that it runs itself. */
export const runtimeModule: Module = {
  id: 'runtime',
  title: words('运行时', 'Runtime'),
  about: words('启动、数据库、接口、任务和事件', 'Boot, database, HTTP, jobs and events'),
  needs: [],
  folder: import.meta.dirname,
  claims: [{ list: 'rights' }, { list: 'auditEvents' }],
}
