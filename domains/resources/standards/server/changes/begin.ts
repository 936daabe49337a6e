import { sql } from 'kysely'
import type { Static } from 'typebox'
import { loops } from '#platform/loops'
import { codeLists, registry } from '#platform/registry'
import { type App, localDateAt, ProductError, system, type Words, type Work, words } from '#runtime'
import { type Element, type KindOfChange, plannedDataset } from '../../declarations/datasets.ts'
import { differences } from '../code-lists.ts'
import { elementExists, findElement, firstEdition, lockElement, nextEdition, saveElement } from '../elements.ts'
import { type About, aboutList, affectedBy, concernedBy } from './concerned.ts'
import { type ChangeData, pendingChanges } from './decide.ts'
import { endClaims } from './end-claims.ts'
import { requireFits } from './faults.ts'
import { tellKeepers } from './tell-keepers.ts'
import { tellUnits } from './tell-units.ts'

type Planned = Static<typeof plannedDataset.schema>

const EVENTS: Readonly<Record<Exclude<KindOfChange, 'codes'>, string>> = {
  register: 'standards.element.registered',
  change: 'standards.element.changed',
  retire: 'standards.element.retired',
}

const BEGIN = system('standards.begin')

/**
 * Makes the changes whose day has come and tells those concerned; run again it does nothing. Each is a unit of work of its
 * own: of one that fails the keepers of standards are told, the others begin, and it is tried again the next time.
 */
export async function beginChanges(app: App): Promise<void> {
  for (const loop of await app.work(BEGIN, (work) => dueChanges(app, work)))
    try {
      await app.work(BEGIN, (work) => beginChange(app, work, loop))
    } catch (error) {
      app.log.warn({ err: error, loop }, 'a change of the standards could not begin')
      await app.work(BEGIN, (work) => noteFailure(app, work, loop, reasonOf(error)))
    }
}

/** Matters of the changes whose day has come. */
async function dueChanges(app: App, work: Work): Promise<string[]> {
  const today = localDateAt(work.at)
  return (await pendingChanges(app, work)).filter(({ begins }) => begins <= today).map(({ loop }) => loop)
}

/** A planned change that has not begun, which nobody else begins until this transaction ends. */
async function lockPending(app: App, work: Work, loop: string): Promise<Planned | undefined> {
  await sql`select from standards.planned_change where loop = ${loop} for update`.execute(work.tx)
  const planned = (await app.use(registry).find(work, plannedDataset, { loop }))?.value
  return planned?.done ? undefined : planned
}

async function beginChange(app: App, work: Work, loop: string): Promise<void> {
  const planned = await lockPending(app, work, loop)
  if (!planned) return
  if (planned.element !== undefined) await changeElement(app, work, planned, planned.element)
  const { problem: _, ...rest } = planned
  await app.use(registry).write(work, plannedDataset, [{ ...rest, done: true }])
  await tellThatItBegan(app, work, planned)
}

/** @throws Conflict, NotFound, InvalidInput if the element is not, or would not be, as it has to be */
async function changeElement(app: App, work: Work, { kind, changes, loop }: Planned, id: string): Promise<void> {
  if (kind === 'codes') return
  const future =
    kind === 'register'
      ? await newElement(app, work, changes as Element)
      : nextEdition(await lockElement(app, work, id), changes)
  requireFits(future, '')
  await saveElement(app, work, future)
  if (kind === 'retire') await endClaims(app, work, future, loop)
  work.audit({ event: EVENTS[kind], subject: { kind: 'standards.element', id }, details: { loop } })
}

async function newElement(app: App, work: Work, element: Element): Promise<Element> {
  if (await findElement(app, work, element.id)) throw elementExists(element.id)
  return firstEdition(element)
}

const reasonOf = (error: unknown): Words =>
  error instanceof ProductError ? error.words : words('系统内部错误，已记录', 'An internal error, it has been logged')

/** Keepers are told once of each reason. */
async function noteFailure(app: App, work: Work, loop: string, why: Words): Promise<void> {
  const planned = await lockPending(app, work, loop)
  if (!planned || planned.problem?.zh === why.zh) return
  await app.use(registry).write(work, plannedDataset, [{ ...planned, problem: why }])
  work.audit({ event: 'standards.change.failed', subject: { kind: 'loop', id: loop }, details: { why: why.zh } })
  const { headline } = await app.use(loops).get(work, loop)
  await tellKeepers(app, work, {
    title: words(`到日未能生效：${headline.zh}`, `Could not begin: ${headline.en}`),
    body: words(
      `原因：${why.zh}。请消除原因，系统每小时再试一次；不能消除的，请重新提出变更。`,
      `Why: ${why.en}. Put it right, it is tried again every hour; where that cannot be done, propose the change anew.`,
    ),
    link: `/loops/${loop}`,
    urgency: 'urgent',
  })
}

/** Whoever was heard, and whoever uses it since. */
async function tellThatItBegan(app: App, work: Work, planned: Planned): Promise<void> {
  const { loop, kind, element, list, changes } = planned
  const about = list === undefined ? await aboutElement(app, work, String(element)) : await aboutList(app, work, list)
  const concerned = await concernedBy(app, work, about)
  const { title, units } = (await app.use(loops).get(work, loop)).data as unknown as ChangeData
  const gone = list === undefined ? [] : goneCodes(app, list, changes)
  const affected = await affectedBy(app, work, about, concerned, gone)
  await tellUnits(app, work, [...units, ...concerned.units], {
    kind,
    title,
    ...(list === undefined ? { element: String(element) } : { list }),
    body: words(`自今日起生效。涉及：\n${affected.zh}`, `It is in force from today. Concerned:\n${affected.en}`),
  })
}

async function aboutElement(app: App, work: Work, id: string): Promise<About> {
  const element = await findElement(app, work, id)
  return { elements: element ? [element] : [] }
}

/** Codes that the edition no longer has. */
function goneCodes(app: App, list: string, { edition }: { readonly edition?: number }): string[] {
  const editions = app.use(codeLists).editions(list)
  const at = editions.findIndex((each) => each.edition === edition)
  return differences(editions[at - 1]?.codes ?? {}, editions[at]?.codes ?? {})
    .filter(({ after }) => after === null)
    .map(({ code }) => code)
}
