import { StartError } from './errors.ts'
import { NOTHING_PERSONAL, OWN_RECORD, PUBLIC, type Route, SIGNED_IN } from './http/route.ts'
import type { Claim, Declarations, Declared, Module } from './module.ts'

const OWN = new Set(['id', 'title', 'about', 'plan', 'needs', 'claims', 'folder', 'server'])

/** Sorts modules so that each comes after its needs. @throws StartError on duplicate ids, missing needs and cycles */
export function inOrder(modules: readonly Module[]): Module[] {
  const byId = new Map<string, Module>()
  for (const module of modules) {
    if (byId.has(module.id)) throw new StartError(`Two modules have the id "${module.id}".`)
    byId.set(module.id, module)
  }
  const ordered: Module[] = []
  const open: string[] = []
  const visit = (module: Module) => {
    if (ordered.includes(module)) return
    if (open.includes(module.id))
      throw new StartError(`Modules need each other in a circle: ${[...open, module.id].join(' → ')}.`)
    open.push(module.id)
    for (const need of module.needs) {
      const needed = byId.get(need)
      if (!needed) throw new StartError(`Module "${module.id}" needs "${need}", which does not exist.`)
      visit(needed)
    }
    open.pop()
    ordered.push(module)
  }
  for (const module of modules) visit(module)
  return ordered
}

/** Every entry of one list, with its module. */
export const declaredIn = <K extends keyof Declarations>(modules: readonly Module[], list: K): Declared<K>[] =>
  modules.flatMap((module) => (module[list] ?? []).map((entry) => ({ module, entry }) as Declared<K>))

/** Lets each capability check what others declare for it. @throws StartError for lists that nobody claims */
export function checkDeclarations(modules: readonly Module[]): void {
  const claims = new Map<string, Claim>()
  for (const module of modules) for (const claim of module.claims ?? []) claims.set(claim.list, claim)
  for (const module of modules)
    for (const list of Object.keys(module))
      if (!OWN.has(list) && !claims.has(list))
        throw new StartError(`Module "${module.id}" declares "${list}", which no capability knows.`)
  for (const [list, claim] of claims) {
    const entries = declaredIn(modules, list as keyof Declarations)
    checkUnique(list, entries)
    claim.check?.(entries, modules)
  }
}

function checkUnique(list: string, entries: readonly Declared<keyof Declarations>[]): void {
  const seen = new Map<string, string>()
  for (const { module, entry } of entries) {
    const before = seen.get(entry.id)
    if (before) throw new StartError(`"${entry.id}" in ${list} is declared by both "${before}" and "${module.id}".`)
    seen.set(entry.id, module.id)
  }
}

/** Fail closed: @throws StartError for a route whose right or audit event nobody declares. */
export function checkRoutes(routes: readonly Route[], modules: readonly Module[]): void {
  const rights = new Set(declaredIn(modules, 'rights').map(({ entry }) => entry.id))
  const events = new Set(declaredIn(modules, 'auditEvents').map(({ entry }) => entry.id))
  for (const { method, path, right, audit, onlyReads } of routes) {
    if (right !== PUBLIC && right !== SIGNED_IN && !rights.has(right as string))
      throw new StartError(`Route ${method} ${path} has no declared right (${String(right)}).`)
    if (audit !== NOTHING_PERSONAL && audit !== OWN_RECORD && !events.has(audit as string))
      throw new StartError(`Route ${method} ${path} has no declared audit event (${String(audit)}).`)
    const isReading = method === 'GET' || onlyReads || path.endsWith('/evaluate') || path.endsWith('/query')
    if (!isReading && audit === NOTHING_PERSONAL)
      throw new StartError(`Route ${method} ${path} changes something and must name its audit event.`)
    if (onlyReads && audit !== NOTHING_PERSONAL)
      throw new StartError(`Route ${method} ${path} only reads and can leave no audit event.`)
  }
}
