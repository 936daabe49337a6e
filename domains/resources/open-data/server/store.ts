import { sql } from 'kysely'
import type { Static } from 'typebox'
import { type ListOptions, registry } from '#platform/registry'
import { type App, Defect, NotFound, system, type Work, words } from '#runtime'
import { entryDataset, versionDataset } from '../declarations/datasets.ts'
import type { Meta } from '../declarations/meta.ts'
import type { FormatCode } from '../declarations/vocabulary.ts'
import type { DisclosureFacts } from '../rules/disclosure.ts'
import type { OpenColumn } from './release/columns.ts'

/** Who makes versions and files; an upload can be tied only by the one who made it. */
export const MAKER = system('open-data.make')

/** Follows every change that readers can see; its key is the entry. */
export const CHANGED = 'open-data.entry.changed'

/** Values of a row whose loose JSON is known. */
type Known<S, K> = Omit<S, keyof K> & K

export type Entry = Known<Static<typeof entryDataset.schema>, { readonly meta: Meta }>

/** One file of a version. */
export interface VersionFile {
  readonly format: FormatCode
  readonly name: string
  /** Id in the documents capability. */
  readonly document: string
  readonly sm3: string
  readonly size: number
}

/** What the re-identification test found, with the edition of the rule that judged. */
export interface TestResult {
  readonly facts: DisclosureFacts
  readonly passed: boolean
  readonly failures: readonly string[]
  readonly pack: string
  /** Number of rows by size of their group, for the picture. */
  readonly groups: readonly { readonly size: string; readonly rows: number }[]
  /** Open datasets with which rows could be linked, and by which fields. */
  readonly linked: readonly { readonly entry: string; readonly fields: readonly string[]; readonly rows: number }[]
}

export interface Difference {
  /** Version compared with; absent for the first. */
  readonly before?: number
  readonly added: number
  readonly removed: number
  /** Rows with the same key and other values; null where the key is not released. */
  readonly changed: number | null
  readonly newFields: readonly string[]
  readonly goneFields: readonly string[]
}

export type Version = Known<
  Static<typeof versionDataset.schema>,
  {
    readonly meta: Meta
    readonly columns: readonly OpenColumn[]
    readonly files: readonly VersionFile[]
    readonly test: TestResult
    readonly diff: Difference
  }
>

export async function findEntry(app: App, work: Work, id: string): Promise<Entry | undefined> {
  const row = await app.use(registry).find(work, entryDataset, { id })
  return row?.value as unknown as Entry | undefined
}

/** @throws NotFound */
export async function getEntry(app: App, work: Work, id: string): Promise<Entry> {
  const entry = await findEntry(app, work, id)
  if (entry) return entry
  throw new NotFound('no-open-dataset', words(`没有开放数据集“${id}”`, `There is no open dataset "${id}"`))
}

export async function saveEntry(app: App, work: Work, entry: Entry): Promise<void> {
  await app.use(registry).write(work, entryDataset, [entry as unknown as Static<typeof entryDataset.schema>])
}

export async function findVersion(app: App, work: Work, entry: string, number: number): Promise<Version | undefined> {
  const row = await app.use(registry).find(work, versionDataset, { entry, number })
  return row?.value as unknown as Version | undefined
}

/** @throws Defect: whoever names a version has read its number */
export async function getVersion(app: App, work: Work, entry: string, number: number): Promise<Version> {
  const version = await findVersion(app, work, entry, number)
  if (version) return version
  throw new Defect(`There is no version ${number} of "${entry}".`)
}

export async function saveVersion(app: App, work: Work, version: Version): Promise<void> {
  await app.use(registry).write(work, versionDataset, [version as unknown as Static<typeof versionDataset.schema>])
}

const NEWEST = 50
export const PUBLISHED_PAGE = 50

/** Newest versions of an entry, whatever became of them; at most 50. */
export const newestVersions = (app: App, work: Work, entry: string): Promise<readonly Version[]> =>
  versionsWhere(app, work, { entry: { is: entry } }, NEWEST)

export async function findNewest(app: App, work: Work, entry: string): Promise<Version | undefined> {
  const [newest] = await versionsWhere(app, work, { entry: { is: entry } }, 1)
  return newest
}

/** Versions of an entry that wait for a decision. */
export const candidatesOf = (app: App, work: Work, entry: string): Promise<readonly Version[]> =>
  versionsWhere(app, work, { entry: { is: entry }, state: { is: 'candidate' } }, NEWEST)

/** Versions that went out, newest number first, fifty a page; `before` is the last number of the page before. */
export const publishedVersions = (
  app: App,
  work: Work,
  entry: string,
  before = Number.MAX_SAFE_INTEGER,
): Promise<readonly Version[]> =>
  versionsWhere(
    app,
    work,
    { entry: { is: entry }, state: { is: 'published' }, number: { to: before - 1 } },
    PUBLISHED_PAGE,
  )

/** The version nearest to a number that has files, among those of one access. */
export async function findKeptNear(
  app: App,
  work: Work,
  { entry, number, meta }: Version,
): Promise<Version | undefined> {
  const { rows } = await sql<{ number: number }>`
    select number::int as number from open_data.version
    where entry = ${entry} and state = 'published' and cleared_at is null and meta ->> 'access' = ${meta.access}
    order by abs(number - ${number}), number desc limit 1`.execute(work.tx)
  return rows[0] && findVersion(app, work, entry, rows[0].number)
}

/** By number, newest first. */
async function versionsWhere(
  app: App,
  work: Work,
  where: NonNullable<ListOptions<Static<typeof versionDataset.schema>>['where']>,
  limit: number,
): Promise<readonly Version[]> {
  const { rows } = await app.use(registry).list(work, versionDataset, { where, sort: '-number', limit })
  return rows.map(({ value }) => value as unknown as Version)
}

/** Every entry in a state; there are as many as a city has open datasets. */
export async function entriesIn(app: App, work: Work, state: Entry['state']): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  let after: string | undefined
  do {
    const page = await app.use(registry).list(work, entryDataset, {
      where: { state: { is: state } },
      sort: 'id',
      limit: 1000,
      ...(after ? { after } : {}),
    })
    entries.push(...page.rows.map(({ value }) => value as unknown as Entry))
    after = page.next
  } while (after)
  return entries
}

/** Number for the next version: also those that were refused have one. Whoever asks makes versions alone (`alone`). */
export async function nextNumber(work: Work, entry: string): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(number), 0) + 1 as next from open_data.version where entry = ${entry}`.execute(work.tx)
  return Number(rows[0]?.next ?? 1)
}
