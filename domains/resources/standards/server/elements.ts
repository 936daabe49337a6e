import { sql } from 'kysely'
import type { Static, TObject } from 'typebox'
import { type Dataset, type ListOptions, registry } from '#platform/registry'
import { type App, Conflict, InvalidInput, NotFound, system, type Work, words } from '#runtime'
import { type Element, elementDataset, mappingDataset } from '../declarations/datasets.ts'
import { legalPersonElements } from '../elements/legal-person.ts'
import { populationElements } from '../elements/population.ts'

/** All rows of a dataset of this module, or those that fulfil conditions: some thousand at most. */
export async function allRows<S extends TObject>(
  app: App,
  work: Work,
  dataset: Dataset<S>,
  where: NonNullable<ListOptions<Static<S>>['where']> = {},
): Promise<Static<S>[]> {
  const rows: Static<S>[] = []
  let after: string | undefined
  do {
    const page = await app.use(registry).list(work, dataset, { where, limit: 10_000, ...(after ? { after } : {}) })
    rows.push(...page.rows.map(({ value }) => value))
    after = page.next
  } while (after !== undefined)
  return rows
}

export const allElements = (app: App, work: Work): Promise<Element[]> => allRows(app, work, elementDataset)
export const allMappings = (app: App, work: Work) => allRows(app, work, mappingDataset)

export const findElement = async (app: App, work: Work, id: string): Promise<Element | undefined> =>
  (await app.use(registry).find(work, elementDataset, { id }))?.value

/** @throws NotFound */
export async function getElement(app: App, work: Work, id: string): Promise<Element> {
  const found = await findElement(app, work, id)
  if (!found) throw new NotFound('no-element', words(`没有数据元“${id}”`, `There is no element "${id}"`))
  return found
}

/** An element that may be used, claimed and changed. @throws NotFound, InvalidInput `retired` */
export const inForceElement = async (app: App, work: Work, id: string): Promise<Element> =>
  inForce(await getElement(app, work, id))

/** The element itself if it is in force. @throws InvalidInput `retired` */
export function inForce(element: Element): Element {
  if (element.state === 'in-force') return element
  throw new InvalidInput(
    'retired',
    words(`数据元“${element.title}”已停用`, `The element "${element.titleEn}" is retired`),
  )
}

/**
 * An element, retired or not, as it is once everybody who was changing it is done; nobody else changes it until this
 * transaction ends. Whoever stores an edition begins here. @throws NotFound
 */
export async function lockElement(app: App, work: Work, id: string): Promise<Element> {
  await sql`select from standards.element where id = ${id} for update`.execute(work.tx)
  return getElement(app, work, id)
}

export const elementExists = (id: string) =>
  new Conflict('element-exists', words(`标识“${id}”已有数据元`, `There is an element "${id}" already`))

/** A new element as it will be stored. */
export const firstEdition = (element: Omit<Element, 'edition' | 'state'>): Element => ({
  ...element,
  edition: 1,
  state: 'in-force',
})

/** An element as it will be stored once something of it changes. */
export const nextEdition = (element: Element, changes: Partial<Element>): Element => ({
  ...element,
  ...changes,
  edition: element.edition + 1,
})

/** Stores an edition of an element: a new one, or the next one of what `lockElement` gave. */
export async function saveElement(app: App, work: Work, element: Element): Promise<void> {
  await app.use(registry).write(work, elementDataset, [element])
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
