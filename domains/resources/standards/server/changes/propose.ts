import { type Static, Type } from 'typebox'
import { loops } from '#platform/loops'
import { type CodeListEdition, codeLists } from '#platform/registry'
import { type App, InvalidInput, type LocalDate, localDateAt, type Words, type Work, words } from '#runtime'
import { CHANGEABLE, type Element, elementDataset, type KindOfChange } from '../../declarations/datasets.ts'
import { differences } from '../code-lists.ts'
import { elementExists, findElement, firstEdition, inForceElement, nextEdition } from '../elements.ts'
import { type About, aboutList, affectedBy, concernedBy } from './concerned.ts'
import { requireFits } from './faults.ts'
import { noticeOf } from './notice.ts'
import { changedCodes, changedValues, newValues } from './summary.ts'

/** New values of an element; what is not named stays. */
export const Changes = Type.Partial(Type.Object(CHANGEABLE, { additionalProperties: false }))
export type Changes = Static<typeof Changes>

const { owner: _, edition: __, state: ___, property: ____, ...registered } = elementDataset.schema.properties
/** What a new element is. */
export const Registration = Type.Object(registered, { additionalProperties: false })
export type Registration = Static<typeof Registration>

interface Proposal {
  readonly begins: LocalDate
  readonly reason: string
  readonly key: string
}

/**
 * Proposes a new element, whose first source is the actor's unit or nobody yet.
 * @throws Conflict (identifier in use), InvalidInput
 */
export async function proposeElement(
  app: App,
  work: Work,
  registration: Registration,
  isSource: boolean,
  proposal: Proposal,
): Promise<string> {
  const { id } = registration
  if (await findElement(app, work, id)) throw elementExists(id)
  requireCodes(app, registration, '/element')
  const { organisation } = work.actor
  const element = {
    ...registration,
    property: registration.title,
    ...(isSource && organisation !== undefined ? { owner: organisation } : {}),
  }
  requireFits(firstEdition(element), '/element')
  return announce(app, work, {
    kind: 'register',
    subject: { element: id },
    title: registration.title,
    summary: newValues(element),
    changes: element,
    about: { elements: [element] },
    removed: [],
    proposal,
  })
}

/** Proposes new values of an element. @throws NotFound, InvalidInput */
export async function proposeChange(
  app: App,
  work: Work,
  id: string,
  wanted: Changes,
  proposal: Proposal,
): Promise<string> {
  const element = await inForceElement(app, work, id)
  const changes: Changes = Object.fromEntries(
    Object.entries(wanted).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(element[name as keyof Element]),
    ),
  )
  if (Object.keys(changes).length === 0)
    throw new InvalidInput('no-change', words('没有任何变化', 'Nothing would change'))
  requireCodes(app, { ...element, ...changes }, '/changes')
  requireFits(nextEdition(element, changes), '/changes')
  return announceOf(app, work, 'change', element, changes, proposal)
}

/** Proposes that an element is not used any more. @throws NotFound, InvalidInput */
export async function proposeRetirement(app: App, work: Work, id: string, proposal: Proposal): Promise<string> {
  const element = await inForceElement(app, work, id)
  const changes = { state: 'retired' } as const
  requireFits(nextEdition(element, changes), '')
  return announceOf(app, work, 'retire', element, changes, proposal)
}

const announceOf = (
  app: App,
  work: Work,
  kind: 'change' | 'retire',
  element: Element,
  changes: Partial<Element>,
  proposal: Proposal,
): Promise<string> =>
  announce(app, work, {
    kind,
    subject: { element: element.id },
    title: element.title,
    summary: changedValues(element, changes),
    changes,
    about: { elements: [element] },
    removed: [],
    proposal,
  })

export type NewEdition = Pick<CodeListEdition, 'title' | 'source' | 'note' | 'codes'>

/** Proposes the next edition of a code list. @throws InvalidInput */
export async function proposeEdition(
  app: App,
  work: Work,
  list: string,
  edition: NewEdition,
  proposal: Proposal,
): Promise<string> {
  const last = app.use(codeLists).editions(list).at(-1)
  const changed = differences(last?.codes ?? {}, edition.codes)
  if (changed.length === 0) throw new InvalidInput('no-change', words('没有任何变化', 'Nothing would change'))
  if (Object.keys(edition.codes).length === 0)
    throw invalid('/codes', 'wrong-code-list', words('至少要有一个代码', 'At least one code is needed'))
  if (last && proposal.begins <= last.validFrom)
    throw invalid(
      '/begins',
      'wrong-code-list',
      words(`生效日期应晚于上一版（${last.validFrom}）`, `It must begin after the edition before (${last.validFrom})`),
    )
  return announce(app, work, {
    kind: 'codes',
    subject: { list },
    title: edition.title.zh,
    summary: changedCodes(changed),
    changes: { ...edition, after: last?.edition ?? null },
    about: await aboutList(app, work, list),
    removed: changed.filter(({ after }) => after === null).map(({ code }) => code),
    proposal,
  })
}

interface Announcement {
  readonly kind: KindOfChange
  readonly subject: { readonly element: string } | { readonly list: string }
  readonly title: string
  readonly summary: Words
  /** What is done when it begins. */
  readonly changes: Readonly<Record<string, unknown>>
  readonly about: About
  /** Codes that would go. */
  readonly removed: readonly string[]
  readonly proposal: Proposal
}

/** Opens the matter, which goes to everybody concerned but the unit that proposes. */
async function announce(app: App, work: Work, announcement: Announcement): Promise<string> {
  const { kind, subject, title, summary, changes, about, removed, proposal } = announcement
  const { begins, reason, key } = proposal
  requireNotice(app, work, kind, begins)
  const concerned = await concernedBy(app, work, about)
  const origin =
    'list' in subject
      ? { kind: 'registry.code-list', id: subject.list }
      : { kind: 'standards.element', id: subject.element }
  const { id } = await app.use(loops).open(work, {
    definition: 'standards.change',
    data: {
      kind,
      ...subject,
      title,
      begins,
      reason,
      summary,
      affected: await affectedBy(app, work, about, concerned, removed),
      changes,
      units: concerned.units.filter((unit) => unit !== work.actor.organisation),
    },
    key: `${kind}:${origin.id}:${work.actor.id}:${key}`,
    origin,
  })
  work.audit({ event: 'standards.change.opened', subject: origin, details: { kind } })
  return id
}

/** Nobody uses a new element yet, so it may begin as soon as it is decided. */
function requireNotice(app: App, work: Work, kind: KindOfChange, begins: LocalDate): void {
  if (kind === 'register') {
    if (begins >= localDateAt(work.at)) return
    throw invalid('/begins', 'too-soon', words('生效日期不能早于今天', 'It cannot begin before today'))
  }
  const { enough, why } = noticeOf(app, work, begins)
  if (!enough)
    throw new InvalidInput('too-soon', words(`生效日期太早：${why.zh}`, `It begins too soon: ${why.en}`), [
      { path: '/begins', message: why },
    ])
}

function requireCodes(app: App, { kind, codes }: Pick<Element, 'kind' | 'codes'>, path: string): void {
  if (codes === undefined && kind === 'code')
    throw invalid(`${path}/codes`, 'no-code-list', words('代码类的数据元要选代码表', 'A code needs its code list'))
  if (codes !== undefined && app.use(codeLists).editions(codes).length === 0)
    throw invalid(`${path}/codes`, 'no-code-list', words('没有这个代码表', 'There is no such code list'))
}

const invalid = (path: string, code: string, message: Words) => new InvalidInput(code, message, [{ path, message }])
