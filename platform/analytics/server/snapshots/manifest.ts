import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Snapshot } from '../../contract.ts'
import { literal, name } from '../engine/protocol.ts'

/** The state of a table: which files it is made of. Exchanged as a whole by a rename. */
export interface Manifest extends Omit<Snapshot, 'bytes' | 'state'> {
  readonly base: string
  readonly baseRows: number
  /** Column by which the base is sorted. */
  readonly sorted?: string
  /** Rows that changed since the base: as they were in it (`_removed`), and as they are. */
  readonly delta?: string
  /** Files of the state before: a question under way may still read them. */
  readonly before: readonly string[]
  /** Which table of which database it is a copy of, and before which transaction everything is in it. */
  readonly source?: { readonly relation: string; readonly xmin: string }
}

const MANIFEST = 'manifest.json'

/** Folders of tables: `<DATA_DIR>/analytics/<table>/`. */
export class TableFolders {
  readonly root: string

  constructor(dataDir: string) {
    this.root = join(dataDir, 'analytics')
  }

  path(table: string, file: string): string {
    return join(this.root, table, file)
  }

  async make(table: string): Promise<void> {
    await mkdir(join(this.root, table), { recursive: true })
  }

  async find(table: string): Promise<Manifest | undefined> {
    const text = await readFile(this.path(table, MANIFEST), 'utf8').catch(ignoreMissing)
    return text === undefined ? undefined : (JSON.parse(text) as Manifest)
  }

  async all(): Promise<readonly Manifest[]> {
    const tables = (await readdir(this.root).catch(ignoreMissing)) ?? []
    const found = await Promise.all(tables.sort().map((table) => this.find(table)))
    return found.filter((manifest) => manifest !== undefined)
  }

  /** Makes a state the present one; what neither it nor the one before needs goes. */
  async exchange(next: Omit<Manifest, 'before'>, last: Manifest | undefined): Promise<Manifest> {
    const manifest: Manifest = { ...next, before: last ? filesOf(last) : [] }
    const beside = this.path(next.table, `${MANIFEST}.new`)
    await writeFile(beside, JSON.stringify(manifest), { flush: true })
    await rename(beside, this.path(next.table, MANIFEST))
    await this.sweep(next.table, manifest)
    return manifest
  }

  /** Removes what killed runs left. */
  async sweep(table: string, manifest: Manifest | undefined): Promise<void> {
    const kept = new Set([MANIFEST, ...(manifest ? [...filesOf(manifest), ...manifest.before] : [])])
    for (const file of await readdir(join(this.root, table)))
      if (!kept.has(file)) await rm(this.path(table, file), { recursive: true, force: true })
  }

  async snapshotOf(manifest: Manifest): Promise<Snapshot> {
    const sizes = filesOf(manifest).map(async (file) => (await stat(this.path(manifest.table, file))).size)
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    const { table, dataset, isInner, sources, rows, at, columns, base } = manifest
    const state = filesOf(manifest).join()
    const kind = { ...(dataset ? { dataset } : {}), ...(isInner ? { isInner } : {}) }
    return { table, ...kind, sources, rows, bytes, at, columns, base, state }
  }

  files(manifest: Manifest): readonly string[] {
    return filesOf(manifest).map((file) => this.path(manifest.table, file))
  }

  async remove(table: string): Promise<void> {
    await rm(join(this.root, table), { recursive: true, force: true })
  }

  /** SQL of the rows as the base holds them. */
  baseSql({ table, base, columns }: Manifest): string {
    return `select ${listed(columns)} from read_parquet(${literal(this.path(table, base))})`
  }

  /** SQL of what differs from the base: the rows as they were, and as they are. */
  changedSql(manifest: Manifest): string {
    const { table, delta, columns } = manifest
    if (!delta) return `${this.baseSql(manifest)} limit 0`
    return `select ${listed(columns)} from read_parquet(${literal(this.path(table, delta))})`
  }

  /** SQL of a table's rows: of the base what did not change, and what did. */
  rowsSql(manifest: Manifest): string {
    const { table, delta, columns } = manifest
    if (!delta) return this.baseSql(manifest)
    const file = `read_parquet(${literal(this.path(table, delta))})`
    return `${this.baseSql(manifest)} as base anti join ${file} as changed using (_id)
      union all select ${listed(columns)} from ${file} where not _removed`
  }
}

const listed = (columns: Manifest['columns']): string => columns.map((column) => name(column.name)).join(', ')

const filesOf = ({ base, delta }: Manifest): readonly string[] => [base, ...(delta ? [delta] : [])]

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
