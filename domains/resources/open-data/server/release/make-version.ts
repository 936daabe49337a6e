import { sql } from 'kysely'
import { documents } from '#platform/documents'
import { type LoopInstance, loops } from '#platform/loops'
import { type App, NotFound, ProductError, type Work } from '#runtime'
import type { Meta } from '../../declarations/meta.ts'
import { FAILURES } from '../../rules/failures.ts'
import {
  candidatesOf,
  type Entry,
  findVersion,
  getEntry,
  getVersion,
  MAKER,
  nextNumber,
  saveVersion,
  type Version,
} from '../store.ts'
import { aloneOnSource } from './alone.ts'
import { columnsOf } from './columns.ts'
import { compare } from './compare.ts'
import { makeFiles } from './files.ts'
import { enqueueAgain } from './orders.ts'
import { sourceOf } from './source.ts'
import { dropRows, type Staged, stage } from './stage.ts'
import { testRelease } from './test-release.ts'

/**
 * Makes the version that an entry's proposal asks for, tests it and hands it to the loop: what is reviewed are the very
 * bytes that go out. A run that was killed begins again with the same number.
 */
export async function makeProposed(app: App, entryId: string, signal: AbortSignal): Promise<void> {
  const { source } = await app.work(MAKER, (work) => getEntry(app, work, entryId))
  const isDone = await aloneOnSource(app, source, () => makeAlone(app, entryId, signal))
  if (!isDone) await app.work(MAKER, async (work) => enqueueAgain(work, 'open-data.make', entryId))
}

async function makeAlone(app: App, entryId: string, signal: AbortSignal): Promise<void> {
  const { entry, meta, matter, number } = await app.work(MAKER, async (work) => {
    const proposal = await getProposal(work, entryId)
    const known = await getEntry(app, work, entryId)
    const running = await app.use(loops).get(work, proposal.loop)
    return { meta: proposal.meta, entry: known, matter: running, number: await nextNumber(work, entryId) }
  })
  if (matter.place !== 'preparing') return
  const version = await stageAndMake(app, { entry, meta, number }, signal).catch((error: unknown) => {
    if (!(error instanceof ProductError) || error.status >= 500) throw error
    return error
  })
  await app.work(MAKER, async (work) => {
    if (version instanceof ProductError)
      return handOver(app, work, matter, { passed: false, finding: version.words.zh })
    await refuseCandidates(app, work, entryId)
    await keep(app, work, version)
    const { test, rows, digest } = version
    const finding = test.failures.map((id) => FAILURES[id]?.zh ?? id).join('；') || '检验通过'
    await handOver(app, work, matter, { version: number, rows, digest, passed: test.passed, finding })
  })
}

interface Making {
  readonly entry: Entry
  readonly meta: Meta
  readonly number: number
}

async function stageAndMake(app: App, making: Making, signal: AbortSignal): Promise<Version> {
  const { entry, meta, number } = making
  const staged = await stage(app, entry.id, number, { source: sourceOf(app, entry.source), meta })
  return makeVersion(app, { ...making, staged, refreshed: false }, signal)
}

/** Tests staged rows, compares them and writes the files; nothing refers to the result yet. */
export async function makeVersion(
  app: App,
  { entry, meta, number, staged, refreshed }: Making & { readonly staged: Staged; readonly refreshed: boolean },
  signal: AbortSignal,
): Promise<Version> {
  const columns = columnsOf(sourceOf(app, entry.source), meta.fields)
  const { rows, digest, at } = staged
  signal.throwIfAborted()
  const test = await testRelease(app, { entry: entry.id, source: entry.source, number, meta, rows })
  const before = entry.version
    ? await app.work(MAKER, (work) => findVersion(app, work, entry.id, Number(entry.version)))
    : undefined
  const diff = await compare(app, entry.id, number, columns, before)
  // Files of what may not go out would only lie about.
  const files = test.passed ? await makeFiles(app, { entry: entry.id, number, rows, columns }, signal) : []
  return {
    ...{ entry: entry.id, number, state: 'candidate', rows, digest },
    ...{ meta, columns, files, test, diff, madeAt: at, refreshed },
  }
}

/** A proposal that was made again takes the place of what was made of it before. */
async function refuseCandidates(app: App, work: Work, entry: string): Promise<void> {
  for (const candidate of await candidatesOf(app, work, entry)) {
    await saveVersion(app, work, { ...candidate, state: 'refused' })
    await dropRows(work.tx, entry, candidate.number)
  }
}

/** Writes a version down. Rows of what failed the test are needed by nobody. */
export async function keep(app: App, work: Work, version: Version): Promise<void> {
  await saveVersion(app, work, version)
  if (!version.test.passed) await dropRows(work.tx, version.entry, version.number)
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
