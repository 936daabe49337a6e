import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseSync } from 'oxc-parser'

/** One import of one file, as repository paths with `/`. */
export interface Import {
  readonly from: string
  readonly to: string
  /** As written. */
  readonly specifier: string
  /** `import type`, or every name in it a type: gone at run time. */
  readonly typeOnly: boolean
  /** `import()`: loaded later, so it closes no circle. */
  readonly lazy: boolean
}

const ROOT = resolve(import.meta.dirname, '../..')
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^#runtime$/, 'platform/runtime/contract.ts'],
  [/^#platform\/(.+)$/, 'platform/$1/contract.ts'],
  [/^#domains\/(.+)$/, 'domains/$1/contract.ts'],
  [/^#portal\/(.+)$/, 'platform/$1/portal/contract.ts'],
]

/** The product's own source files; tests may look behind contracts and are left out. */
export const sourceFiles = (): string[] =>
  globSync('{apps,platform,domains}/**/*.{ts,tsx}', { cwd: ROOT, exclude: (path) => /node_modules|\/dist/.test(path) })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/\.test\.tsx?$/.test(file) && !file.includes('/testing/'))
    .toSorted()

/** Every import of a file that stays inside the repository. */
export function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const { module } = parseSync(file, text)
  const statics = [...module.staticImports, ...module.staticExports].flatMap((statement) => {
    const entries = statement.entries as readonly { isType: boolean; moduleRequest?: { value: string } | null }[]
    const request = 'moduleRequest' in statement ? statement.moduleRequest.value : entries[0]?.moduleRequest?.value
    return request
      ? [{ specifier: request, typeOnly: entries.length > 0 && entries.every((entry) => entry.isType), lazy: false }]
      : []
  })
  const dynamics = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^['"`](.+)['"`]$/.exec(text.slice(start, end))?.[1]
    return literal ? [{ specifier: literal, typeOnly: false, lazy: true }] : []
  })
  return [...statics, ...dynamics].flatMap(({ specifier, typeOnly, lazy }) => {
    const to = target(file, specifier)
    return to ? [{ from: file, to, specifier, typeOnly, lazy }] : []
  })
}

/** @returns path in the repository, or undefined for packages */
function target(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) {
    const to = relative(ROOT, join(ROOT, dirname(from), specifier)).replaceAll('\\', '/')
    return existsSync(join(ROOT, to)) ? to : undefined
  }
  const alias = ALIASES.find(([pattern]) => pattern.test(specifier))
  return alias && specifier.replace(...alias)
}
