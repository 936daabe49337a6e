import { analytics } from '#platform/analytics'
import { rules } from '#platform/rules'
import { InvalidInput, type Issue, localDateAt, type Words, words } from '#runtime'
import { faultsOf } from '../check-tags.ts'
import type { Tag, TagFeature } from '../declaration.ts'
import type { TagBook } from './book.ts'
import { evidenceOf } from './reading.ts'
import { derivedStep, keptSql } from './run/features.ts'
import { isKept } from './run/inputs.ts'
import { type KeptFeature, lastFeature } from './run/kept.ts'
import { editionSql, onDay, ruleTable, tableOf, withSources } from './run/sql.ts'

const LIMITS = { seconds: 60, bytes: 2 ** 30 }
const EXAMPLES = 10

export interface Trial {
  /** Members that would carry it, of how many. */
  readonly carriers: number
  readonly members: number
  /** Rows with a key that no member has; members with several rows; rows without a day. */
  readonly unknown: number
  readonly repeated: number
  readonly undated: number
  readonly examples: readonly { readonly key: string; readonly value: string; readonly since: string | null }[]
  /** Rows of evidence of the first example. */
  readonly evidence: number
}

/** Runs a tag over the copies that there are, and says what it would give. @throws InvalidInput with each fault's place */
export async function tryTag(book: TagBook, tag: Tag): Promise<Trial> {
  const faults = faultsOf(tag, book.known())
  if (faults.length > 0) throw wrong(faults)
  const { app } = book
  const engine = app.use(analytics)
  const day = localDateAt(app.now())
  const subject = book.subject(tag.subject)
  const there = new Set((await engine.tables()).map(({ table }) => table))
  const features = book.featuresOf([tag])
  const kept = features.filter(isKept).map((feature) => ({ id: feature.id, tables: tablesOf(feature, there) }))
  const ruleIds = new Set([tag, ...features].flatMap((one) => one.rules))
  const sources = [tag, ...features.filter((feature) => !isKept(feature))].flatMap((one) =>
    one.sources.map(({ dataset }) => tableOf(dataset)),
  )
  const steps = [
    { name: 'member', sql: `select ${subject.key} as key from ${tableOf(subject.dataset)}` },
    ...[...ruleIds].map((rule) => ({
      name: ruleTable(rule),
      sql: editionSql(app.use(rules).edition(rule, { at: app.now() })),
    })),
    ...kept.map(({ id, tables }) => ({ name: id, sql: keptSql(tables) })),
    ...features.filter((feature) => !isKept(feature)).map((feature) => derivedStep(feature, day)),
    {
      name: 'tried',
      sql: `select cast(key as varchar) as key, coalesce(cast(value as varchar), '') as value, cast(since as date) as since
        from (\n${withSources(tag.sources, onDay(tag.logic, day))}\n)`,
    },
    {
      name: 'sums',
      sql: `select (select count(*) from member), (select count(distinct key) from tried semi join member using (key)),
        (select count(*) from tried anti join member using (key)),
        (select count(*) from (select key from tried group by key having count(*) > 1)), (select count(*) from tried where since is null)`,
    },
    {
      name: 'examples',
      sql: `select key, value, since::varchar from tried semi join member using (key) order by hash(key) limit ${EXAMPLES}`,
    },
  ]
  const tables = [
    ...new Set([tableOf(subject.dataset), ...sources, ...kept.flatMap(({ tables }) => Object.values(tables))]),
  ]
  const computed = await engine
    .compute({ steps, tables, keep: {}, answer: ['sums', 'examples'], limits: LIMITS })
    .catch((error) => Promise.reject(placed(error, '/logic')))
  const [members = 0, carriers = 0, unknown = 0, repeated = 0, undated = 0] = (
    computed.answers.get('sums')?.[0] ?? []
  ).map(Number)
  const examples = (computed.answers.get('examples') ?? []).map(([key, value, since]) => ({
    key: String(key),
    value: String(value),
    since: since === null ? null : String(since),
  }))
  const [first] = examples
  const evidence = first
    ? await evidenceOf(app, tag, first.key, day).catch((error) => Promise.reject(placed(error, '/evidence')))
    : undefined
  return { carriers, members, unknown, repeated, undated, examples, evidence: evidence?.rows.length ?? 0 }
}

/** What keeps a trial from being good enough to publish; empty if nothing. */
export function trialFaults({ members, carriers, repeated, evidence }: Trial): Issue[] {
  const fault = (path: string, message: Words) => ({ path, message })
  return [
    ...(repeated > 0
      ? [
          fault(
            '/logic',
            words(
              `有 ${repeated} 个对象出现多行，每个对象只能一行`,
              `${repeated} members have several rows; each may have one`,
            ),
          ),
        ]
      : []),
    ...(carriers > 0 && evidence === 0
      ? [fault('/evidence', words('第一个样例没有依据行', 'The first example has no evidence'))]
      : []),
    ...(members > 0 && carriers === members
      ? [fault('/logic', words('所有对象都有此标签，没有区分作用', 'Every member would carry it; it tells nothing'))]
      : []),
  ]
}

function tablesOf(feature: TagFeature, there: ReadonlySet<string>): KeptFeature {
  const found = lastFeature(feature, there)
  if (found) return found
  const { id } = feature
  throw wrong([
    {
      path: '/features',
      message: words(`特征表“${id}”还没有计算，请先运行一次`, `The feature "${id}" was not computed yet; run once`),
    },
  ])
}

export const wrong = (issues: readonly Issue[]): InvalidInput =>
  new InvalidInput('wrong-tag', words('标签定义有误', 'The tag is wrong'), issues)

/** The engine's own words, at the statement they are about. */
const placed = (error: unknown, path: string): unknown =>
  error instanceof InvalidInput ? wrong([{ path, message: error.words }]) : error
