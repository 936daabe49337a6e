import { sql } from 'kysely'
import { type App, type Db, NotFound, words } from '#runtime'
import type { Identity, Organisation, Post } from '../contract.ts'
import { makeActor } from './make-actor.ts'
import type { Proofs } from './proofs.ts'
import { from } from './tables.ts'
import { usablePosts } from './usable-posts.ts'

interface PostRow {
  readonly id: string
  readonly title_zh: string
  readonly title_en: string
  readonly organisation: string
  readonly roles: string[] | null
}

const postOf = (row: PostRow): Post => ({
  id: row.id,
  title: words(row.title_zh, row.title_en),
  organisation: row.organisation,
  roles: row.roles ?? [],
})

/** Answers for other modules; what it promises is said in the contract. */
export function identityService(app: App, proofs: Proofs): Identity {
  const findPosts = async (db: Db, ids: readonly string[]): Promise<Post[]> => {
    const { rows } = await sql<PostRow>`
      select p.id, p.title_zh, p.title_en, p.organisation,
        (select array_agg(role order by role) from identity.post_role where post = p.id) as roles
      from unnest(${ids}::text[]) with ordinality as wanted(id, place) join identity.post p on p.id = wanted.id
      order by wanted.place`.execute(db)
    return rows.map(postOf)
  }
  return {
    organisation: async (id, db = app.db) => {
      const row = await from(db).selectFrom('identity.organisation').selectAll().where('id', '=', id).executeTakeFirst()
      return row && organisationOf(row)
    },
    organisations: async (db = app.db) => {
      const rows = await from(db)
        .selectFrom('identity.organisation')
        .selectAll()
        .where('closed_at', 'is', null)
        .orderBy('path')
        .execute()
      return rows.map(organisationOf)
    },
    organisationsWithin: async (path, db = app.db) => {
      const rows = await from(db)
        .selectFrom('identity.organisation')
        .select('id')
        .where('path', '>=', path)
        .where('path', '<', `${path}~`)
        .execute()
      return rows.map(({ id }) => id)
    },
    post: async (id, db = app.db) => (await findPosts(db, [id]))[0],
    postsWith: async (right, where, db = app.db) => {
      const place =
        'division' in where
          ? sql`starts_with(${where.division}, o.division)`
          : sql`exists (select from identity.organisation w where w.id = ${where.organisation}
              and case rr.reach when 'unit' then w.id = o.id else starts_with(w.path, o.path) end)`
      const { rows } = await sql<PostRow>`/* prepared */
        select p.id, p.title_zh, p.title_en, p.organisation,
          (select array_agg(role order by role) from identity.post_role where post = p.id) as roles
        from identity.post p join identity.organisation o on o.id = p.organisation
        where p.closed_at is null and o.closed_at is null and exists (
          select from identity.post_role pr join identity.role r on r.id = pr.role
            join identity.role_right rr on rr.role = r.id
          where pr.post = p.id and r.retired_at is null and rr.right_id = ${right}
            and (rr.reach = 'city' or (rr.reach <> 'own' and ${place})))
        order by length(o.division) desc, length(o.path) desc, p.id`.execute(db)
      return rows.map(postOf)
    },
    postCounts: async (db = app.db) => {
      const { rows } = await sql<{ right_id: string; posts: number }>`
        select rr.right_id, count(distinct p.id) as posts
        from identity.role_right rr join identity.role r on r.id = rr.role join identity.post_role pr on pr.role = r.id
          join identity.post p on p.id = pr.post join identity.organisation o on o.id = p.organisation
        where rr.reach <> 'own' and r.retired_at is null and p.closed_at is null and o.closed_at is null
        group by rr.right_id`.execute(db)
      return new Map(rows.map(({ right_id, posts }) => [right_id, posts]))
    },
    accountsOf: async (post, db = app.db) => {
      const at = app.now()
      const { rows } = await sql<{ id: string; name: string }>`
        select a.id, a.name from identity.account a where a.disabled_at is null and a.id in (
          select h.account from identity.holding h
          where h.post = ${post} and h.valid_from <= ${at} and (h.valid_to is null or h.valid_to > ${at})
          union select d.to_account from identity.delegation d
          where d.post = ${post} and d.valid_from <= ${at} and d.valid_to > ${at} and d.revoked_at is null)
        order by a.id`.execute(db)
      return rows
    },
    postsOf: async (account, db = app.db) =>
      findPosts(
        db,
        (await usablePosts(db, account, app.now())).map(({ id }) => id),
      ),
    names: async (accounts, db = app.db) => {
      if (accounts.length === 0) return new Map()
      const rows = await from(db)
        .selectFrom('identity.account')
        .select(['id', 'name'])
        .where('id', 'in', [...new Set(accounts)])
        .execute()
      return new Map(rows.map(({ id, name }) => [id, name]))
    },
    divisionNames: async (codes, db = app.db) => {
      if (codes.length === 0) return new Map()
      const rows = await from(db)
        .selectFrom('identity.organisation')
        .select(['division', 'name_zh', 'name_en'])
        .where('kind', 'in', ['city', 'county', 'town', 'village'])
        .where('division', 'in', [...new Set(codes)])
        .execute()
      const plain = (name: string) => name.replace(/人民政府$| People's Government$/, '')
      return new Map(rows.map((row) => [row.division, words(plain(row.name_zh), plain(row.name_en))]))
    },
    proofOf: (account, db = app.db) => proofs.find(account, db),
    actorFor: async (id, post, db = app.db) => {
      const account = await from(db)
        .selectFrom('identity.account')
        .select(['id', 'name', 'kind'])
        .where('id', '=', id)
        .where('disabled_at', 'is', null)
        .executeTakeFirst()
      const posts = account ? await usablePosts(db, id, app.now()) : []
      const used = post === undefined ? posts[0] : posts.find((usable) => usable.id === post)
      if (!account || (post !== undefined && !used)) throw new NotFound()
      return makeActor(db, account, used)
    },
  }
}

/** A row of the tree as others see it. */
export const organisationOf = (row: {
  readonly id: string
  readonly parent: string | null
  readonly path: string
  readonly division: string
  readonly kind: Organisation['kind']
  readonly name_zh: string
  readonly name_en: string
  readonly short: string
}): Organisation => ({
  id: row.id,
  name: words(row.name_zh, row.name_en),
  short: row.short,
  parent: row.parent,
  path: row.path,
  division: row.division,
  kind: row.kind,
})
