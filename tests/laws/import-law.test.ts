import { expect, test } from 'vitest'
import { allModules } from '../../apps/server/modules.ts'
import { type Import, importsOf, sourceFiles } from './imports.ts'

const files = sourceFiles()
const imports = files.flatMap(importsOf)

/** Words and errors of the product: for browsers and worker threads, which must not load the whole runtime. */
const VOCABULARY = new Set(['words', 'errors', 'issue-words', 'services'].map((name) => `platform/runtime/${name}.ts`))

/** `platform/loops`, `domains/ecology/air`, `apps/portal`. */
const homeOf = (path: string): string =>
  /^(platform\/[^/]+|domains\/[^/]+\/[^/]+|apps\/[^/]+)\//.exec(path)?.[1] ?? path.replace(/\/[^/]+$/, '')

const say = ({ from, specifier }: Import) => `${from} imports ${specifier}`
const between = imports.filter(({ from, to }) => homeOf(from) !== homeOf(to))
const isPortal = (path: string) => /\/portal\//.test(path) && !path.startsWith('apps/server/')

test('there is something to check', () => {
  expect(imports.length).toBeGreaterThan(500)
})

test('layers: apps → domains → platform → runtime', () => {
  const layer = (path: string) =>
    ['platform/runtime/', 'platform/', 'domains/', 'apps/'].findIndex((p) => path.startsWith(p))
  const upward = between.filter(({ from, to }) => layer(to) > layer(from))
  expect(upward.map(say)).toEqual([])
})

test('a module reaches another only through its contract; what runs in browsers also through its root files', () => {
  const lists = new Set(['platform/modules.ts', 'domains/domains.ts', 'apps/server/modules.ts'])
  const isVocabulary = ({ to }: Import) => VOCABULARY.has(to)
  const isDeclaration = ({ from, to }: Import) =>
    to === 'platform/runtime/module.ts' || lists.has(from) || lists.has(to)
  const isOfApps = ({ from, to }: Import) => from.startsWith('apps/') && to.startsWith('apps/')
  const runsInBrowsers = ({ from, to }: Import) =>
    (isPortal(from) || from.startsWith('platform/forms/')) &&
    /^(platform\/[^/]+|domains\/[^/]+\/[^/]+)\/[^/]+\.ts$/.test(to)
  const behind = between.filter((one) => {
    return !(
      one.to.endsWith('/contract.ts') ||
      isVocabulary(one) ||
      isDeclaration(one) ||
      isOfApps(one) ||
      runsInBrowsers(one)
    )
  })
  expect(behind.map(say)).toEqual([])
})

test('the vocabulary of the runtime stands on nothing else', () => {
  const more = imports.filter(({ from, to }) => VOCABULARY.has(from) && !VOCABULARY.has(to))
  expect(more.map(say)).toEqual([])
})

test('the portal never imports a server part', () => {
  const leaks = imports.filter(({ from, to, typeOnly }) => isPortal(from) && /\/server\//.test(to) && !typeOnly)
  expect(leaks.map(say)).toEqual([])
})

test('a server part never imports the portal', () => {
  const leaks = imports.filter(({ from, to }) => /\/server\//.test(from) && !from.startsWith('apps/') && isPortal(to))
  expect(leaks.map(say)).toEqual([])
})

test('what a module imports stands in its needs, or in the needs of its needs', () => {
  const byHome = new Map(
    allModules.map((module) => [
      homeOf(`${module.folder.replace(/^.*?\/(platform|domains)\//, '$1/')}/module.ts`),
      module,
    ]),
  )
  const reach = (id: string, seen = new Set<string>()): Set<string> => {
    for (const need of allModules.find((module) => module.id === id)?.needs ?? [])
      if (!seen.has(need)) reach(need, seen.add(need))
    return seen
  }
  const missing = between.filter(({ from, to, typeOnly }) => {
    const [user, used] = [byHome.get(homeOf(from)), byHome.get(homeOf(to))]
    return user && used && !typeOnly && !isPortal(from) && !reach(user.id).has(used.id)
  })
  expect(missing.map(say)).toEqual([])
})

test('no circle of modules', () => {
  const edges = new Map<string, Set<string>>()
  for (const { from, to, typeOnly } of between)
    if (!typeOnly && !isPortal(from)) edges.set(homeOf(from), (edges.get(homeOf(from)) ?? new Set()).add(homeOf(to)))
  expect(findCircle(edges)).toEqual([])
})

test('no circle of files', () => {
  const edges = new Map<string, Set<string>>()
  for (const { from, to, typeOnly, lazy } of imports)
    if (!typeOnly && !lazy) edges.set(from, (edges.get(from) ?? new Set()).add(to))
  expect(findCircle(edges)).toEqual([])
})

/** The first circle met, as a path; empty if there is none. */
function findCircle(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>()
  const walk = (node: string, path: readonly string[]): string[] => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node]
    if (done.has(node)) return []
    for (const next of edges.get(node) ?? []) {
      const circle = walk(next, [...path, node])
      if (circle.length > 0) return circle
    }
    done.add(node)
    return []
  }
  for (const node of edges.keys()) {
    const circle = walk(node, [])
    if (circle.length > 0) return circle
  }
  return []
}
