import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a build was made of, by path from the repository's root; another content means that it is stale. */
interface Stamp {
  /** Modules that offer pages; a new one is not yet in `files`. */
  readonly pages: readonly string[]
  /** Content hash of every source of the build, the lock file and the build's own settings. */
  readonly files: Readonly<Record<string, string>>
}

const ALWAYS = ['package-lock.json', 'package.json', 'apps/portal/index.html', 'apps/portal/public/icon.svg']
const BUILD = 'apps/portal/{vite.config.ts,build/*.ts}'
const PAGES = ['platform/*/portal/pages.ts', 'domains/*/*/portal/pages.ts']

const stampFile = (root: string) => join(root, 'apps/portal/dist/.built')

/** Notes what the build was made of. */
export function writeStamp(root: string, sources: readonly string[]): void {
  const files = [...new Set([...ALWAYS, ...globSync(BUILD, { cwd: root }), ...sources])].toSorted()
  const stamp: Stamp = {
    pages: pagesIn(root),
    files: Object.fromEntries(files.map((file) => [file, hashOf(join(root, file))])),
  }
  writeFileSync(stampFile(root), JSON.stringify(stamp, null, 1))
}

/** Whether the portal was built from exactly the sources that are here now. */
export function isBuilt(root: string): boolean {
  if (!existsSync(stampFile(root))) return false
  const stamp = JSON.parse(readFileSync(stampFile(root), 'utf8')) as Stamp
  if (stamp.pages.join() !== pagesIn(root).join()) return false
  return Object.entries(stamp.files).every(([file, hash]) => hashOf(join(root, file)) === hash)
}

const pagesIn = (root: string): string[] => globSync(PAGES, { cwd: root }).toSorted()

const hashOf = (file: string): string =>
  existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'missing'
