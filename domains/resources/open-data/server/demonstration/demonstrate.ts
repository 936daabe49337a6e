import { loops } from '#platform/loops'
import { dataDesk, datasetExtracts } from '#platform/registry'
import { type App, system, type Work } from '#runtime'
import { findProposal } from '../release/make-version.ts'
import { type Proposed, propose } from '../release/propose.ts'
import { readSource, sourceOf } from '../release/source.ts'
import { entriesIn, findEntry } from '../store.ts'
import { DEMO_RELEASES } from './releases.ts'
import { DEMO_SOURCES, fileOf } from './sources.ts'

export const DEMONSTRATE = 'open-data.demonstrate'
/** Two actors, because nobody approves what he proposed, the demonstration neither. */
const OWNER = system('open-data.demonstration')
const APPROVER = system('open-data.demonstration-approval')
const AGAIN_MS = 2_000
/** The start comes first: what is opened for show can wait. */
const REST_MS = 10_000

interface Step {
  /** Imports under way. */
  readonly loads?: readonly number[]
}

/** Begins the demonstration's releases where nothing is open yet. */
export async function beginDemonstration(app: App): Promise<void> {
  await app.work(OWNER, async (work) => {
    const known = [...(await entriesIn(app, work, 'published')), ...(await entriesIn(app, work, 'withdrawn'))]
    if (known.length < DEMO_RELEASES.length) enqueueStep(work, {}, REST_MS)
  })
}

/**
 * One step of the demonstration, by the way that people go: datasets are defined and loaded, releases proposed, and
 * approved once their test has passed. It orders itself again until all of them are out.
 */
export async function demonstrate(app: App, step: Step): Promise<void> {
  const next = step.loads ? await proposeAndApprove(app, step.loads) : { loads: await defineAndLoad(app) }
  if (!next) return
  await app.work(OWNER, async (work) => enqueueStep(work, next, AGAIN_MS))
}

const enqueueStep = (work: Work, step: Step, waitMs: number): void =>
  work.enqueue(DEMONSTRATE, step, { key: 'demonstration', startAfter: new Date(Date.now() + waitMs) })

async function defineAndLoad(app: App): Promise<number[]> {
  const known = new Set(
    app
      .use(datasetExtracts)
      .all()
      .map(({ dataset }) => dataset.id),
  )
  const loads: number[] = []
  for (const source of DEMO_SOURCES.filter(({ definition }) => !known.has(`city.${definition.name}`))) {
    const lines = await source.lines(app)
    const dataset = await app.work(OWNER, (work) => app.use(dataDesk).define(work, source.definition))
    const name = `${source.definition.name}.csv`
    loads.push(
      await app.work(OWNER, (work) => app.use(dataDesk).load(work, { dataset, name, content: fileOf(source, lines) })),
    )
  }
  return loads
}

async function proposeAndApprove(app: App, loads: readonly number[]): Promise<Step | undefined> {
  const states = await Promise.all(loads.map((load) => app.use(dataDesk).progress(load)))
  if (states.some(({ state }) => state === 'loading')) return { loads }
  let isDone = true
  for (const proposed of DEMO_RELEASES) {
    const state = await app.work(OWNER, async (work) => {
      const entry = await findEntry(app, work, proposed.id)
      if (entry) return entry.state
      if (await isEmpty(app, work, proposed)) return 'empty'
      await propose(app, work, proposed)
      return 'proposed'
    })
    if (state === 'proposed') await approve(app, proposed.id)
    isDone &&= state !== 'proposed'
  }
  return isDone ? undefined : { loads }
}

/** What no department has handed over yet is opened at a later start. */
async function isEmpty(app: App, work: Work, { source, meta }: Proposed): Promise<boolean> {
  for await (const rows of readSource(app, work, sourceOf(app, source), meta)) if (rows.length > 0) return false
  return true
}

async function approve(app: App, entry: string): Promise<void> {
  await app.work(APPROVER, async (work) => {
    const proposal = await findProposal(work, entry)
    const matter = proposal && (await app.use(loops).get(work, proposal.loop))
    if (matter?.place !== 'reviewing') return
    await app.use(loops).act(work, {
      instance: matter.id,
      action: 'approve',
      form: { opinion: '演示数据，检验通过，同意发布' },
      revision: matter.revision,
      key: `demonstration:${entry}`,
    })
  })
}
