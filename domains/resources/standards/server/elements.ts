import { sql } from 'kysely'
import type { Static, TObject } from 'typebox'
import { type Dataset, registry } from '#platform/registry'
import { type App, NotFound, system, type Work, words } from '#runtime'
import { type Element, elementDataset, mappingDataset } from '../declarations/datasets.ts'
import { legalPersonElements } from '../elements/legal-person.ts'
import { populationElements } from '../elements/population.ts'

/** All rows of a dataset of this module: some thousand at most. */
export async function allRows<S extends TObject>(app: App, work: Work, dataset: Dataset<S>): Promise<Static<S>[]> {
  const rows: Static<S>[] = []
  let after: string | undefined
  do {
    const page = await app.use(registry).list(work, dataset, { limit: 10_000, ...(after ? { after } : {}) })
    rows.push(...page.rows.map(({ value }) => value))
    after = page.next
  } while (after !== undefined)
  return rows
}

export const allElements = (app: App, work: Work): Promise<Element[]> => allRows(app, work, elementDataset)
export const allMappings = (app: App, work: Work) => allRows(app, work, mappingDataset)

/** @throws NotFound */
export async function getElement(app: App, work: Work, id: string): Promise<Element> {
  const found = await app.use(registry).find(work, elementDataset, { id })
  if (!found) throw new NotFound('no-element', words(`没有数据元“${id}”`, `There is no element "${id}"`))
  return found.value
}

/** The element, which nobody else changes until this transaction ends. @throws NotFound */
export async function lockElement(app: App, work: Work, id: string): Promise<Element> {
  await sql`select from standards.element where id = ${id} for update`.execute(work.tx)
  return getElement(app, work, id)
}

/** Stores an element with what changes, as its next edition. */
export async function saveElement(app: App, work: Work, element: Element, changes: Partial<Element>): Promise<void> {
  await app.use(registry).write(work, elementDataset, [{ ...element, ...changes, edition: element.edition + 1 }])
}

/** Adds the elements of the standard sets that are not there yet; what people changed since stays. */
export async function loadElements(app: App): Promise<void> {
  await app.work(system('standards.elements'), async (work) => {
    const known = new Set((await allElements(app, work)).map(({ id }) => id))
    const fresh = [...populationElements, ...legalPersonElements].filter(({ id }) => !known.has(id))
    if (fresh.length === 0) return
    await app.use(registry).write(work, elementDataset, fresh)
    work.audit({ event: 'standards.elements.loaded', details: { elements: fresh.length } })
  })
}
