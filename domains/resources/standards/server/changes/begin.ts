import type { Static } from 'typebox'
import { loops } from '#platform/loops'
import { codeLists, registry } from '#platform/registry'
import { type App, localDateAt, system, type Work, words } from '#runtime'
import { type Element, elementDataset, type KindOfChange, plannedDataset } from '../../declarations/datasets.ts'
import { differences } from '../code-lists.ts'
import { findElement, saveElement } from '../elements.ts'
import { type About, aboutList, affectedBy, concernedBy } from './concerned.ts'
import { type ChangeData, pendingChanges } from './decide.ts'
import { tellUnits } from './tell-units.ts'

type Planned = Static<typeof plannedDataset.schema>

const EVENTS: Readonly<Record<Exclude<KindOfChange, 'codes'>, string>> = {
  register: 'standards.element.registered',
  change: 'standards.element.changed',
  retire: 'standards.element.retired',
}

/** Makes the changes whose day has come and tells those concerned; run again it does nothing. */
export async function beginChanges(app: App): Promise<void> {
  await app.work(system('standards.begin'), async (work) => {
    const today = localDateAt(work.at)
    const due = (await pendingChanges(app, work)).filter(({ begins }) => begins <= today)
    for (const planned of due) {
      if (planned.element !== undefined) await changeElement(app, work, planned, planned.element)
      await app.use(registry).write(work, plannedDataset, [{ ...planned, done: true }])
      await tellThatItBegan(app, work, planned)
    }
  })
}

async function changeElement(app: App, work: Work, planned: Planned, id: string): Promise<void> {
  const { kind, changes, loop } = planned
  if (kind === 'codes') return
  const element = await findElement(app, work, id)
  if (kind === 'register' && !element)
    await app.use(registry).write(work, elementDataset, [{ ...(changes as Element), edition: 1, state: 'in-force' }])
  if (kind !== 'register' && element) await saveElement(app, work, element, changes)
  work.audit({ event: EVENTS[kind], subject: { kind: 'standards.element', id }, details: { loop } })
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
