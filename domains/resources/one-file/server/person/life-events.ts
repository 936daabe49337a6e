import { type App, type Words, words } from '#runtime'
import type { FileField, LifeEvent } from '../../types.ts'
import type { FileRow } from '../file/load-rows.ts'
import { findStrikeOff } from '../file/strike-off.ts'
import { textOf } from '../run/read-part.ts'

interface Telling {
  readonly dataset: string
  readonly parts: readonly number[]
  readonly kind: string
  readonly title: Words
  readonly on: string
  /** Field shown beside. */
  readonly detail?: string
}

/** Which rows tell of an event in a life. */
const TELLING: readonly Telling[] = [
  { dataset: 'base.birth', parts: [0], kind: 'birth', title: words('出生', 'Born'), on: 'bornOn' },
  {
    dataset: 'base.birth',
    parts: [1, 2],
    kind: 'child',
    title: words('生育子女', 'A child was born'),
    on: 'bornOn',
    detail: 'name',
  },
  {
    dataset: 'base.marriage',
    parts: [0],
    kind: 'marriage',
    title: words('结婚', 'Married'),
    on: 'marriedOn',
    detail: 'wife',
  },
  {
    dataset: 'base.marriage',
    parts: [1],
    kind: 'marriage',
    title: words('结婚', 'Married'),
    on: 'marriedOn',
    detail: 'husband',
  },
  { dataset: 'base.move', parts: [0], kind: 'move', title: words('迁移户口', 'Moved'), on: 'movedOn', detail: 'to' },
  { dataset: 'base.death', parts: [0], kind: 'death', title: words('死亡', 'Died'), on: 'diedOn' },
]

export const STRUCK_OFF = words('户口注销', 'Struck off the household register')

/**
 * Birth, move, marriage, children, change of name, end of a registration, death; each with the row that tells it, oldest
 * first.
 */
export function lifeEvents(app: App, at: Date, rows: readonly FileRow[], fields: readonly FileField[]): LifeEvent[] {
  const told = rows.flatMap(({ dataset, number, row }) =>
    TELLING.filter((each) => each.dataset === dataset.id && each.parts.includes(number)).map(
      ({ kind, title, on, detail }): LifeEvent => ({
        kind,
        title,
        on: textOf(row.value, on) ?? null,
        detail: textOf(row.value, detail) ?? null,
        dataset: dataset.id,
        row: row.id,
      }),
    ),
  )
  const events = [...told, ...rows.flatMap((row) => struckOff(app, at, row)), ...fromFields(told, fields)]
  return events.sort((a, b) => (a.on ?? '').localeCompare(b.on ?? ''))
}

/** The end of a registration for another reason than a death. */
function struckOff(app: App, at: Date, { dataset, part, row }: FileRow): LifeEvent[] {
  const end = findStrikeOff(app, at, part, row.value)
  if (!end || end.isDeath) return []
  const { on, reason } = end
  const title = words(`${STRUCK_OFF.zh}：${reason.zh}`, `${STRUCK_OFF.en}: ${reason.en}`)
  return [{ kind: 'struck-off', title, on, detail: null, dataset: dataset.id, row: row.id }]
}

/** What the register tells besides its own rows of events. */
function fromFields(told: readonly LifeEvent[], fields: readonly FileField[]): LifeEvent[] {
  const first = (name: string) => fields.find(({ field }) => field === name)?.values[0]
  const has = (kind: string) => told.some((event) => event.kind === kind)
  const [born, died, former] = [first('bornOn'), first('diedOn'), first('formerName')]
  return [
    ...(born && !has('birth')
      ? [
          {
            kind: 'birth',
            title: words('出生', 'Born'),
            on: born.value,
            detail: null,
            dataset: born.dataset,
            row: born.row,
          },
        ]
      : []),
    ...(died && !has('death')
      ? [
          {
            kind: 'death',
            title: words('死亡', 'Died'),
            on: died.value,
            detail: null,
            dataset: died.dataset,
            row: died.row,
          },
        ]
      : []),
    ...(former
      ? [
          {
            kind: 'rename',
            title: words('更改姓名（日期不详）', 'Changed the name (day unknown)'),
            on: null,
            detail: former.value,
            dataset: former.dataset,
            row: former.row,
          },
        ]
      : []),
  ]
}
