import { createReadStream } from 'node:fs'
import { glob, readFile, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { InvalidInput, NotFound, Unavailable, words } from '#runtime'
import type { Collected, Collecting, Connector, FoundTable, Preview, Totals } from './connector.ts'
import { controlFile } from './control-figures.ts'

/** A file that changed so recently may still be being written. */
const QUIET_MS = 3_000
/** One that keeps changing for so long is left for the next run. */
const PATIENCE_MS = 60_000
const MOST_FILES = 10_000
const UNFINISHED = /(^|\/)\.|\.(part|partial|tmp|temp|filepart|crdownload|unfinished)$/i
/** What a department says of `a.csv` stands beside it in `a.csv.check`. */
const CONTROL = '.check'
const LARGEST_CONTROL = 65_536

interface FileState {
  readonly name: string
  readonly path: string
  readonly size: number
  readonly changedAt: Date
}

/** What is known of files taken earlier. */
export interface TakenFiles {
  /** Whether this name was taken with this size and time. */
  isTaken(feed: string, file: { name: string; size: number; changedAt: Date }): Promise<boolean>
  take(feed: string, file: { name: string; size: number; changedAt: Date; sm3: string }): NonNullable<Collected['note']>
}

/** Reads the first rows of a file on this machine, found out as for an import. */
export type Peek = (path: string) => Promise<Preview>

/** Files in a folder below the inbox: the oldest new or changed one makes a run. */
export async function openFolder(inbox: string, path: string, taken: TakenFiles, peek: Peek): Promise<Connector> {
  const root = await folderBelow(inbox, path)
  return {
    tables: async function* () {
      const files = await filesLike(root, '**')
      yield files.map(({ name }): FoundTable => ({ name, rows: null, columns: [] }))
    },
    preview: async (from) => {
      const [file] = await filesLike(root, from)
      if (!file) throw new NotFound('no-file', words(`没有名称符合“${from}”的文件`, `There is no file like "${from}"`))
      return peek(file.path)
    },
    collect: (collecting) => collect(root, taken, collecting),
    close: async () => {},
  }
}

/** @throws InvalidInput for a path that leads out of the inbox, NotFound */
async function folderBelow(inbox: string, path: string): Promise<string> {
  const folder = resolve(inbox, path)
  const outside = new InvalidInput(
    'outside-inbox',
    words('文件夹必须在收件目录之内', 'The folder must lie below the inbox'),
    [{ path: '/connection/path', message: words('不在收件目录之内', 'Not below the inbox') }],
  )
  if (!isBelow(resolve(inbox), folder)) throw outside
  try {
    const [real, realInbox] = await Promise.all([realpath(folder), realpath(inbox)])
    if (!isBelow(realInbox, real)) throw outside
    return real
  } catch (error) {
    if (error === outside) throw error
    throw new Unavailable(
      'no-folder',
      words(`收件目录中没有文件夹“${path}”`, `There is no folder "${path}" in the inbox`),
    )
  }
}

/** Whether a file that was taken is there in another version now; false while nobody has written anything into it. */
export async function isThereAnew(
  inbox: string,
  path: string,
  { name, size, changed_at }: { readonly name: string; readonly size: number; readonly changed_at: Date },
): Promise<boolean> {
  const info = await stat(resolve(inbox, path, name)).catch(() => undefined)
  return info !== undefined && info.size > 0 && (info.size !== size || info.mtime.getTime() !== changed_at.getTime())
}

const isBelow = (root: string, path: string): boolean => path === root || path.startsWith(root + sep)

/** Files with names like a pattern, oldest first; links out of the folder are not followed. */
async function filesLike(root: string, pattern: string): Promise<FileState[]> {
  if (pattern.includes('..') || pattern.startsWith('/'))
    throw new InvalidInput('wrong-pattern', words('文件名模式不能含有 ..', 'A pattern of names must not hold ..'))
  const files: FileState[] = []
  for await (const name of glob(pattern, { cwd: root })) {
    if (UNFINISHED.test(name) || name.endsWith(CONTROL)) continue
    const path = await realpath(join(root, name)).catch(() => undefined)
    if (!path || !isBelow(root, path)) continue
    const info = await stat(path)
    if (info.isFile()) files.push({ name: relative(root, path), path, size: info.size, changedAt: info.mtime })
    if (files.length > MOST_FILES)
      throw new InvalidInput('too-many-files', words('文件夹中的文件过多，请归档', 'Too many files in the folder'))
  }
  return files.sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime() || (a.name < b.name ? -1 : 1))
}

async function collect(root: string, taken: TakenFiles, collecting: Collecting): Promise<Collected | undefined> {
  const { feed, signal, keep } = collecting
  const fresh: FileState[] = []
  for (const found of await filesLike(root, feed.from)) if (!(await taken.isTaken(feed.id, found))) fresh.push(found)
  for (const found of fresh) {
    const file = await settled(found, signal)
    if (!file) continue
    collecting.moved(0, file.size)
    const kept = await keep(basename(file.name), createReadStream(file.path))
    const after = await stat(file.path).catch(() => undefined)
    const totals = await controlOf(root, file.name)
    const isWhole = kept.size === file.size && after?.mtime.getTime() === file.changedAt.getTime()
    return {
      parts: [{ kind: 'rows', file: kept, ...(totals ? { totals } : {}) }],
      mark: null,
      isWhole,
      hasMore: found !== fresh.at(-1),
      ...(isWhole ? {} : { incomplete: words('读取时文件仍在变化', 'The file changed while it was read') }),
      note: taken.take(feed.id, { ...file, sm3: kept.sm3 }),
    }
  }
  return undefined
}

/** Figures that were handed over with a file. @throws InvalidInput where they cannot be read */
async function controlOf(root: string, name: string): Promise<Totals | undefined> {
  const path = await realpath(join(root, `${name}${CONTROL}`)).catch(() => undefined)
  if (!path || !isBelow(root, path)) return undefined
  const { size } = await stat(path)
  const bytes = size > LARGEST_CONTROL ? Buffer.from('-') : await readFile(path)
  return controlFile(basename(path), bytes)
}

/** The file once nobody writes to it any more; undefined if somebody does not stop, or has only just begun. */
async function settled(file: FileState, signal: AbortSignal): Promise<FileState | undefined> {
  const until = Date.now() + PATIENCE_MS
  for (let now: FileState | undefined = file; now; ) {
    const age = Date.now() - now.changedAt.getTime()
    if (now.size > 0 && age >= QUIET_MS) return now
    if (now.size === 0 || Date.now() > until) return undefined
    await sleep(Math.max(200, Math.min(QUIET_MS, QUIET_MS - age)), undefined, { signal })
    const info = await stat(file.path).catch(() => undefined)
    now = info && { ...file, size: info.size, changedAt: info.mtime }
  }
  return undefined
}
