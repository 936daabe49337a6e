import type { Choice, Effect, Guard } from '#platform/loops'
import { codeLists, registry } from '#platform/registry'
import { type App, type LocalDate, type Words, type Work, words } from '#runtime'
import { type Element, type KindOfChange, plannedDataset } from '../../declarations/datasets.ts'
import { allRows, findElement, firstEdition, nextEdition } from '../elements.ts'
import { faultsOf } from './faults.ts'
import { noticeOf } from './notice.ts'
import type { NewEdition } from './propose.ts'
import { tellUnits } from './tell-units.ts'

/** What a matter `standards.change` carries. Those of version 1 only changed elements and do not say so. */
export interface ChangeData {
  readonly kind?: KindOfChange
  readonly element?: string
  readonly list?: string
  readonly title: string
  readonly begins: LocalDate
  readonly changes: Readonly<Record<string, unknown>>
  readonly units: readonly string[]
}

const dataOf = ({ data }: { readonly data: object }) => data as ChangeData

/** The keeper of standards looks first at what others propose. */
export const firstLook: Choice = async ({ actor }) => (actor.rights.has('standards.maintain') ? 'hearing' : 'checking')

export const notProposer: Guard = async (work, { openedBy }) =>
  openedBy === work.actor.id ? words('不能审批自己提出的变更', 'Nobody decides on his own proposal') : null

/** A new element concerns nobody's data yet. */
export const enoughNotice =
  (app: App): Guard =>
  async (work, instance) => {
    const { kind, begins } = dataOf(instance)
    if (kind === 'register') return null
    const { enough, why } = noticeOf(app, work, begins)
    return enough
      ? null
      : words(
          `告知时间不足：${why.zh}，请撤回后重提`,
          `Too little notice is left: ${why.en}; withdraw and propose anew`,
        )
  }

/** What was proposed may have been overtaken while the units were heard. */
export const stillFits =
  (app: App): Guard =>
  async (work, instance) => {
    const { kind, element, list, changes } = dataOf(instance)
    if (list !== undefined) {
      const last = app.use(codeLists).editions(list).at(-1)?.edition ?? null
      return last === changes.after
        ? null
        : words(
            '这个代码表已另有新版本，请撤回后按新版本重提',
            'The list has another edition by now; withdraw and propose anew on top of it',
          )
    }
    const found = await findElement(app, work, String(element))
    if (kind !== 'register')
      return found?.state === 'in-force'
        ? whyNot(nextEdition(found, changes))
        : words('这个数据元已停用', 'The element is retired')
    // One that could not begin keeps its identifier from nobody.
    const isPlanned = (await pendingChanges(app, work)).some((each) => each.element === element && !each.problem)
    return found || isPlanned
      ? words(
          `标识“${element}”已被使用，请撤回后换一个标识重提`,
          `The identifier "${element}" is taken by now; withdraw and propose another`,
        )
      : whyNot(firstEdition(changes as Element))
  }

/** Nothing is approved that could not begin on its day. */
function whyNot(future: Element): Words | null {
  const faults = faultsOf(future)
  return faults && words(`${faults.zh}。请撤回后重提`, `${faults.en}. Withdraw and propose anew`)
}

/** Decided changes that have not begun. */
export const pendingChanges = (app: App, work: Work) => allRows(app, work, plannedDataset, { done: { is: false } })

/** Notes what begins on its day, and tells everybody concerned. An edition is known from now on and in force from its day. */
export const planChange =
  (app: App): Effect =>
  async (work, instance) => {
    const { kind = 'change', element, list, title, begins, changes, units } = dataOf(instance)
    const planned =
      list === undefined ? changes : await addEdition(app, work, list, begins, changes as unknown as NewEdition)
    await app.use(registry).write(work, plannedDataset, [
      {
        loop: instance.id,
        kind,
        ...(list === undefined ? { element: String(element) } : { list }),
        begins,
        changes: planned,
        done: false,
      },
    ])
    await tellUnits(app, work, units, {
      kind,
      title,
      ...(list === undefined ? { element: String(element) } : { list }),
      body: words(
        `已批准，自 ${begins} 起生效。请在此之前调整本单位的系统和数据。`,
        `It was approved and begins on ${begins}. Adapt your systems and data before.`,
      ),
    })
    return undefined
  }

async function addEdition(app: App, work: Work, list: string, begins: LocalDate, proposed: NewEdition) {
  const { title, source, note, codes } = proposed
  const { edition } = await app.use(codeLists).add(work, { id: list, title, source, note, codes, validFrom: begins })
  work.audit({
    event: 'standards.codes.added',
    subject: { kind: 'registry.code-list', id: list },
    details: { edition, codes: Object.keys(codes).length },
  })
  return { edition }
}
