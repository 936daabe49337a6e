import { type Static, Type } from 'typebox'
import { type Effect, type Guard, loops } from '#platform/loops'
import { codeLists, registry } from '#platform/registry'
import { rules } from '#platform/rules'
import {
  type App,
  dayAt,
  InvalidInput,
  type LocalDate,
  localDateAt,
  parseDay,
  system,
  type Words,
  type Work,
  words,
} from '#runtime'
import { CHANGEABLE, type Element, elementDataset, plannedDataset } from '../declarations/datasets.ts'
import { allRows, getElement, saveElement } from './elements.ts'
import { usesOf } from './uses.ts'

/** New values of an element; what is not named stays. */
export const Changes = Type.Partial(Type.Object(CHANGEABLE, { additionalProperties: false }))
export type Changes = Static<typeof Changes>

export interface Proposal {
  readonly changes: Changes
  readonly begins: LocalDate
  readonly reason: string
  readonly key: string
}

/** Opens a change, which first asks every unit that uses the element. @throws NotFound, InvalidInput */
export async function proposeChange(app: App, work: Work, id: string, proposal: Proposal): Promise<string> {
  const element = await getElement(app, work, id)
  const { begins, reason, key } = proposal
  const changes = Object.fromEntries(
    Object.entries(proposal.changes).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(element[name as keyof Element]),
    ),
  )
  if (Object.keys(changes).length === 0)
    throw new InvalidInput('no-change', words('没有任何变化', 'Nothing would change'))
  if (changes.codes !== undefined && app.use(codeLists).editions(String(changes.codes)).length === 0)
    throw new InvalidInput('no-code-list', words('没有这个代码表', 'There is no such code list'), [
      { path: '/changes/codes', message: words('没有这个代码表', 'There is no such code list') },
    ])
  requireNotice(app, work, begins)
  const uses = (await usesOf(app, work)).filter((use) => use.element === id)
  const { id: matter } = await app.use(loops).open(work, {
    definition: 'standards.change',
    data: {
      element: id,
      title: element.title,
      begins,
      reason,
      summary: summaryOf(element, changes),
      changes,
      units: [...new Set(uses.map(({ source }) => source))],
    },
    key: `${id}:${work.actor.id}:${key}`,
    origin: { kind: 'standards.element', id },
  })
  work.audit({ event: 'standards.change.opened', subject: { kind: 'standards.element', id } })
  return matter
}

/** `definition: “…” → “…”` for each value that changes. */
const summaryOf = (element: Element, changes: Changes): string =>
  Object.entries(changes)
    .map(([name, value]) => {
      const title = (CHANGEABLE[name as keyof Changes] as { title?: string }).title ?? name
      return `${title}：“${shown(element[name as keyof Element])}” → “${shown(value)}”`
    })
    .join('\n')

const shown = (value: unknown): string => (Array.isArray(value) ? value.join('、') : String(value ?? ''))

interface Notice {
  readonly enough: boolean
  readonly why: Words
}

function noticeOf(app: App, work: Work, begins: LocalDate): Notice {
  const days = parseDay(begins) - dayAt(work.at.getTime())
  const { result, explanation } = app.use(rules).evaluate('standards.notice', { days }, { at: work.at })
  return { enough: (result as { enough: boolean }).enough, why: explanation[0] ?? words('', '') }
}

function requireNotice(app: App, work: Work, begins: LocalDate): void {
  const { enough, why } = noticeOf(app, work, begins)
  if (!enough)
    throw new InvalidInput('too-soon', words(`生效日期太早：${why.zh}`, `It begins too soon: ${why.en}`), [
      { path: '/begins', message: why },
    ])
}

export const enoughNotice =
  (app: App): Guard =>
  async (work, { data }) => {
    const { enough, why } = noticeOf(app, work, String(data.begins))
    return enough
      ? null
      : words(
          `告知时间不足：${why.zh}，请撤回后重提`,
          `Too little notice is left: ${why.en}; withdraw and propose anew`,
        )
  }

export const notProposer: Guard = async (work, { openedBy }) =>
  openedBy === work.actor.id ? words('不能审批自己提出的变更', 'Nobody decides on his own proposal') : null

export const planChange =
  (app: App): Effect =>
  async (work, { id, data }) => {
    const { element, begins, changes } = data as { element: string; begins: LocalDate; changes: Changes }
    await app.use(registry).write(work, plannedDataset, [{ loop: id, element, begins, changes, done: false }])
    return undefined
  }

/** Makes the changes whose day has come; run again it does nothing. */
export async function beginChanges(app: App): Promise<void> {
  await app.work(system('standards.begin'), async (work) => {
    const today = localDateAt(work.at)
    const due = (await allRows(app, work, plannedDataset)).filter(({ done, begins }) => !done && begins <= today)
    for (const planned of due) {
      const element = await app.use(registry).find(work, elementDataset, { id: planned.element })
      if (element) await saveElement(app, work, element.value, planned.changes as Changes)
      await app.use(registry).write(work, plannedDataset, [{ ...planned, done: true }])
      work.audit({
        event: 'standards.element.changed',
        subject: { kind: 'standards.element', id: planned.element },
        details: { loop: planned.loop },
      })
    }
  })
}
