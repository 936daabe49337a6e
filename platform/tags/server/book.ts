import { rules } from '#platform/rules'
import { type App, type Db, NotFound, system, words } from '#runtime'
import type { Known } from '../check-tags.ts'
import type { TagHooks } from '../contract.ts'
import type { Tag, TagFeature, TagSubject } from '../declaration.ts'
import { featuresOf } from './features-of.ts'
import { firstOf, rowsOf, sql } from './tables.ts'

/** A tag as it is in force. */
export interface InForce extends Tag {
  /** Stands for it in the values. */
  readonly number: number
  readonly version: number
  readonly declared: boolean
}

/** What modules declare about tags, and which versions are in force. */
export class TagBook {
  readonly app: App
  readonly subjects: ReadonlyMap<string, TagSubject>
  readonly features: ReadonlyMap<string, TagFeature>
  readonly hooks = new Map<string, TagHooks>()

  constructor(app: App) {
    this.app = app
    this.subjects = new Map(app.declared('tagSubjects').map(({ entry }) => [entry.id, entry]))
    this.features = new Map(app.declared('tagFeatures').map(({ entry }) => [entry.id, entry]))
  }

  /** @throws NotFound */
  subject(id: string): TagSubject {
    const found = this.subjects.get(id)
    if (found) return found
    throw new NotFound('no-tag-subject', words(`没有标签对象“${id}”`, `There is no subject "${id}" of tags`))
  }

  /** Features that tags read, and those that these are made of, in the order of their declaration. */
  featuresOf(tags: readonly Pick<Tag, 'features'>[]): readonly TagFeature[] {
    return featuresOf([...this.features.values()], tags)
  }

  known(): Known {
    const { subjects, features, app } = this
    return {
      subjects,
      features,
      rules: new Set(
        app
          .use(rules)
          .all()
          .map(({ id }) => id),
      ),
    }
  }

  /** Tags of a subject that are in force, in the order of their numbers. */
  async inForce(db: Db, subject: string): Promise<readonly InForce[]> {
    return (await rowsOf(db, inForceSql(sql`t.subject = ${subject}`))).map(toInForce)
  }

  /** @throws NotFound */
  async get(db: Db, id: string): Promise<InForce> {
    const row = await firstOf(db, inForceSql(sql`t.id = ${id}`))
    if (row) return toInForce(row)
    throw new NotFound('no-tag', words(`没有标签“${id}”`, `There is no tag "${id}"`))
  }

  /** Writes down what modules declare: a changed declaration is the next version, one that is gone is retired. */
  async sync(): Promise<void> {
    const declared = this.app.declared('tags').map(({ entry }) => entry)
    await this.app.work(system('tags.sync'), async ({ tx, at }) => {
      await sql`select pg_advisory_xact_lock(hashtext('tags.sync'))`.execute(tx)
      const listed = JSON.stringify(declared.map((tag) => ({ tag: tag.id, subject: tag.subject, content: tag })))
      await sql`create temp table declared on commit drop as
        select * from jsonb_to_recordset(${listed}::jsonb) as d(tag text, subject text, content jsonb)`.execute(tx)
      await sql`insert into tags.tag (id, subject, declared) select tag, subject, true from declared
        on conflict (id) do update set retired_at = null where tags.tag.retired_at is not null`.execute(tx)
      await sql`update tags.tag set retired_at = ${at} where declared and retired_at is null
        and id not in (select tag from declared)`.execute(tx)
      await sql`insert into tags.version (tag, version, content, author, drafted_at, published_at)
        select d.tag, coalesce(v.version, 0) + 1, d.content, 'system:declaration', ${at}, ${at} from declared d
        left join lateral (select version, content from tags.version where tag = d.tag order by version desc limit 1) v on true
        where v.content is distinct from d.content`.execute(tx)
    })
  }
}

interface StoredTag {
  readonly number: number
  readonly declared: boolean
  readonly version: number
  readonly content: Tag
}

const inForceSql = (where: ReturnType<typeof sql>) => sql<StoredTag>`
  select t.number, t.declared, v.version, v.content from tags.tag t
  join lateral (select version, content from tags.version where tag = t.id and published_at is not null
    order by version desc limit 1) v on true
  where t.retired_at is null and ${where} order by t.number`

const toInForce = ({ content, ...rest }: StoredTag): InForce => ({ ...content, ...rest })
