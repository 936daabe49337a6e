import { analytics, type Batch, type Question } from '#platform/analytics'
import { datasetExtracts } from '#platform/registry'
import { rules } from '#platform/rules'
import { type Actor, type App, Forbidden, InvalidInput, type Work, words } from '#runtime'
import type { Tag, TagSource, TagSubject } from '../declaration.ts'
import { editionSql, onDay, ruleTable, seen, tableOf, within } from './run/sql.ts'

/** What evidence may use. */
export const LIMITS = { seconds: 20, bytes: 2 ** 29, rows: 200 }

/** Whether what a tag's evidence reads says something of natural persons. */
export function isPersonal(app: App, { sources }: Pick<Tag, 'sources'>): boolean {
  const extracts = app.use(datasetExtracts).all()
  return sources.some(({ dataset, columns }) =>
    extracts
      .find((extract) => extract.dataset.id === dataset)
      ?.columns.some(({ name, personal }) => personal && columns.includes(name)),
  )
}

/** Tags of single members are for those whose right reaches the whole city. @throws Forbidden */
export function needMember(actor: Actor, { readRight }: TagSubject): void {
  if (actor.rights.get(readRight)?.reach !== 'city')
    throw new Forbidden('no-portrait', words('您没有查看此类对象画像的权限', 'You have no right to these portraits'))
}

/**
 * Who carries a sensitive tag, and with which value, is for a right of its own and a purpose.
 * @throws Forbidden, InvalidInput
 */
export function needSensitive(work: Work, tags: readonly Pick<Tag, 'sensitivity' | 'title'>[], purpose?: string): void {
  const found = tags.find(isSensitive)
  if (!found) return
  if (!work.actor.rights.has('tags.sensitive'))
    throw new Forbidden(
      'sensitive-tag',
      words(
        `“${found.title.zh}”是敏感标签，您没有查看权限`,
        `"${found.title.en}" is sensitive; you have no right to it`,
      ),
    )
  if (!(purpose ?? work.purpose)?.trim())
    throw new InvalidInput(
      'purpose-needed',
      words(
        `“${found.title.zh}”是敏感标签，请先说明查看目的`,
        `"${found.title.en}" is sensitive; say first what you read it for`,
      ),
    )
}

export const isSensitive = ({ sensitivity }: Pick<Tag, 'sensitivity'>): boolean => sensitivity === 'sensitive'

/** Whether the caller may see sensitive tags now. */
export const seesSensitive = ({ actor, purpose }: Work): boolean =>
  actor.rights.has('tags.sensitive') && Boolean(purpose?.trim())

/** Evidence that names people, as that of sensitive tags, asks for a right of its own and for a purpose. @throws Forbidden, InvalidInput */
export function needEvidence(app: App, work: Work, tag: Tag): void {
  needSensitive(work, [tag])
  if (!isPersonal(app, tag)) return
  if (!work.actor.rights.has('tags.evidence.personal'))
    throw new Forbidden(
      'personal-evidence',
      words('此依据含个人信息，您没有查看权限', 'This evidence holds personal data; you have no right to it'),
    )
  if (!work.purpose?.trim())
    throw new InvalidInput(
      'purpose-needed',
      words('此依据含个人信息，请先说明查看目的', 'This evidence holds personal data; say first what you read it for'),
    )
}

/**
 * The statement of a tag's evidence on a day, by the rules in force, in which `$1` is the key of the member.
 * @param own a source of which it sees the rows of this member only
 */
export function evidenceSql(app: App, { sources, rules: asked, evidence }: Tag, day: string, own?: TagSource): string {
  const editions = asked.map((rule): [string, string] => [
    ruleTable(rule),
    editionSql(app.use(rules).edition(rule, { at: app.now() })),
  ])
  const tables = sources.map((source) => seen(source, source === own ? { only: '$1' } : {}))
  return within([...tables, ...editions], onDay(evidence, day), 'not materialized')
}

/** The rows behind one member's tag, of the copies that it was computed from. @param own as of `evidenceSql` */
export async function evidenceOf(
  app: App,
  tag: Tag,
  key: string,
  day: string,
  { own, ...hears }: { readonly own?: TagSource } & Pick<Question, 'planned'> = {},
): Promise<Batch> {
  const sql = evidenceSql(app, tag, day, own)
  const tables = tag.sources.map(({ dataset }) => tableOf(dataset))
  let answer: Batch = { columns: [], rows: [], cut: false }
  for await (const batch of app.use(analytics).ask({ sql, values: [key], tables, limits: LIMITS, ...hears }))
    answer = { ...batch, rows: [...answer.rows, ...batch.rows] }
  return answer
}
