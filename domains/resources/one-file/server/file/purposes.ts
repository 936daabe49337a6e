import { Type } from 'typebox'
import { datasetDirectory } from '#platform/registry'
import { rules } from '#platform/rules'
import {
  type App,
  Forbidden,
  InvalidInput,
  NOTHING_PERSONAL,
  type Route,
  route,
  type Words,
  type Work,
  words,
} from '#runtime'
import type { PurposeTables } from '../../rules/purposes.ts'

const RULE = 'one-file.purposes'
const LOCALITY = '3709'

/** Whether a file shows the records of a dataset. */
export type Opens = (dataset: string) => boolean

/** Whoever opens a file says what for. @throws InvalidInput */
export function askPurpose(work: Work): string {
  const purpose = work.purpose?.trim()
  if (purpose) return purpose
  throw new InvalidInput(
    'purpose-needed',
    words('请先说明查看目的，它会记入日志', 'Say first what you look for; it is logged'),
  )
}

/** What the stated purpose opens. @throws InvalidInput without one, Forbidden for one that the reader may not state */
export function openedFor(app: App, work: Work): Opens {
  const purpose = askPurpose(work)
  const { result } = app.use(rules).evaluate(RULE, { purpose }, { at: work.at, locality: LOCALITY })
  const { datasets, right } = result as { datasets: readonly string[]; right: string }
  if (right && !work.actor.rights.has(right))
    throw new Forbidden(
      'not-your-purpose',
      words('您无权以此目的查看档案，请另选目的', 'You may not open files for this purpose; choose another'),
    )
  const opened = new Set(datasets)
  return (dataset) => opened.has(dataset)
}

/** `GET /api/one-file/purposes`: what the reader may open files for. */
export const purposesRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/one-file/purposes',
    title: words('可选的查档目的', 'Purposes to open files for'),
    right: 'one-file.firm.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      purposes: Type.Array(Type.Object({ title: Type.Unknown(), opens: Type.Array(Type.Unknown()) })),
      other: Type.Array(Type.Unknown()),
    }),
    example: {
      purposes: [{ title: { zh: '办理入学', en: 'Admission to school' }, opens: [{ zh: '学籍', en: 'Pupils' }] }],
      other: [{ zh: '常住人口登记', en: 'Registered residents' }],
    },
    handler: async ({ actor, work }) => {
      const tables = app.use(rules).edition(RULE, { at: work.at, locality: LOCALITY }).tables as PurposeTables
      const titles = (datasets: readonly string[]): Words[] =>
        datasets.flatMap((id) => app.use(datasetDirectory).find(id)?.title ?? [])
      return {
        purposes: tables.purposes
          .filter(({ right }) => right === '' || actor.rights.has(right))
          .map(({ title, datasets }) => ({ title, opens: titles(datasets) })),
        other: titles(tables.other),
      }
    },
  })
