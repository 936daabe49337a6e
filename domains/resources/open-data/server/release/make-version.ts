import { sql } from 'kysely'
import { documents } from '#platform/documents'
import { type LoopInstance, loops } from '#platform/loops'
import { type App, NotFound, ProductError, type Work } from '#runtime'
import type { Meta } from '../../declarations/meta.ts'
import { FAILURES } from '../../rules/failures.ts'
import {
  type Entry,
  findVersion,
  getEntry,
  getVersion,
  MAKER,
  nextNumber,
  saveVersion,
  type Version,
  versionsOf,
} from '../store.ts'
import { columnsOf } from './columns.ts'
import { compare } from './compare.ts'
import { makeFiles } from './files.ts'
import { sourceOf } from './source.ts'
import { dropRows, stage } from './stage.ts'
import { testRelease } from './test-release.ts'

/**
 * Makes the version that an entry's proposal asks for, tests it and hands it to the loop: what is reviewed are the very
 * bytes that go out. A run that was killed begins again with the same number.
 */
export async function makeProposed(app: App, entryId: string, signal: AbortSignal): Promise<void> {
  const { entry, meta, loop, number } = await app.work(MAKER, async (work) => {
    const proposal = await getProposal(work, entryId)
    const known = await getEntry(app, work, entryId)
    return { ...proposal, entry: known, number: await nextNumber(work, entryId) }
  })
  const matter = await app.work(MAKER, (work) => app.use(loops).get(work, loop))
  if (matter.place !== 'preparing') return
  const version = await makeVersion(app, { entry, meta, number }, signal).catch((error: unknown) => {
    if (!(error instanceof ProductError) || error.status >= 500) throw error
    return error
  })
  await app.work(MAKER, async (work) => {
    if (version instanceof ProductError)
      return handOver(app, work, matter, { passed: false, finding: version.words.zh })
    await keep(app, work, version)
    const { test, rows, digest } = version
    const finding = test.failures.map((id) => FAILURES[id]?.zh ?? id).join('；') || '检验通过'
    await handOver(app, work, matter, { version: number, rows, digest, passed: test.passed, finding })
  })
}

/** Stages, tests, compares and writes the files; nothing refers to the result yet. */
export async function makeVersion(
  app: App,
  { entry, meta, number }: { readonly entry: Entry; readonly meta: Meta; readonly number: number },
  signal: AbortSignal,
): Promise<Version> {
  const source = sourceOf(app, entry.source)
  const columns = columnsOf(source, meta.fields)
  const staged = await stage(app, entry.id, number, { source, meta })
  signal.throwIfAborted()
  const test = await testRelease(app, { entry: entry.id, number, meta, rows: staged.rows })
  const before = entry.version
    ? await app.work(MAKER, (work) => findVersion(app, work, entry.id, Number(entry.version)))
    : undefined
  const diff = await compare(app, entry.id, number, columns, before)
  // Files of what may not go out would only lie about.
  const files = test.passed ? await makeFiles(app, { entry: entry.id, number, columns }, signal) : []
  return {
    ...{ entry: entry.id, number, state: 'candidate', rows: staged.rows, digest: staged.digest },
    ...{ meta, columns, files, test, diff, madeAt: app.now().toISOString() },
  }
}

/** Writes a version down; candidates before it are thereby refused. */
export async function keep(app: App, work: Work, version: Version): Promise<void> {
  for (const other of await versionsOf(app, work, version.entry))
    if (other.state === 'candidate' && other.number !== version.number) {
      await saveVersion(app, work, { ...other, state: 'refused' })
      await dropRows(work.tx, other.entry, other.number)
    }
  await saveVersion(app, work, version)
  const to = { kind: 'open-data.version', id: `${version.entry}/${version.number}` }
  await app.use(documents).attach(
    work,
    version.files.map(({ document }) => document),
    to,
  )
  work.audit({
    event: 'open-data.version.made',
    subject: to,
    details: {
      rows: version.rows,
      digest: version.digest,
      passed: version.test.passed,
      failures: version.test.failures,
    },
  })
}

async function handOver(app: App, work: Work, matter: LoopInstance, found: Readonly<Record<string, unknown>>) {
  const { revision } = await app.use(loops).update(work, matter.id, found)
  await app.use(loops).act(work, { instance: matter.id, action: 'tested', revision, key: `tested:${revision}` })
}

export interface Proposal {
  readonly meta: Meta
  readonly loop: string
}

export async function findProposal(work: Work, entry: string): Promise<Proposal | undefined> {
  const { rows } = await sql<{ meta: Meta; loop: number | null }>`
    select meta, loop from open_data.proposal where entry = ${entry}`.execute(work.tx)
  const [row] = rows
  return row && { meta: row.meta, loop: String(row.loop ?? '') }
}

export async function saveProposal(work: Work, entry: string, { meta, loop }: Proposal): Promise<void> {
  await sql`insert into open_data.proposal (entry, meta, loop) values (${entry}, ${JSON.stringify(meta)}::jsonb, ${loop})
    on conflict (entry) do update set meta = excluded.meta, loop = excluded.loop`.execute(work.tx)
}

export async function endProposal(work: Work, entry: string): Promise<void> {
  await sql`delete from open_data.proposal where entry = ${entry}`.execute(work.tx)
}

/** @throws NotFound */
async function getProposal(work: Work, entry: string): Promise<Proposal> {
  const proposal = await findProposal(work, entry)
  if (proposal) return proposal
  throw new NotFound()
}

/** The version that a matter is about. */
export const versionOf = (app: App, work: Work, { data }: LoopInstance): Promise<Version> =>
  getVersion(app, work, String(data.entry), Number(data.version))
