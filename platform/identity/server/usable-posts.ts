import { sql } from 'kysely'
import { type Db, type Reach, type Words, words } from '#runtime'
import type { AccountKind } from '../contract.ts'

/** A post that an account may use at an instant, held or lent. */
export interface UsablePost {
  readonly id: string
  readonly title: Words
  readonly organisation: { readonly id: string; readonly name: Words; readonly path: string; readonly division: string }
  /** Who lent it. */
  readonly onBehalfOf?: { readonly id: string; readonly name: string }
  readonly until?: Date
}

interface Row {
  readonly id: string
  readonly title_zh: string
  readonly title_en: string
  readonly organisation: string
  readonly name_zh: string
  readonly name_en: string
  readonly path: string
  readonly division: string
  readonly lender: string | null
  readonly lender_name: string | null
  readonly until: Date | null
}

/** Held posts first, oldest first; then lent ones. */
export async function usablePosts(db: Db, account: string, at: Date): Promise<UsablePost[]> {
  const { rows } = await sql<Row>`
    with usable as (
      select h.post, null as lender, h.valid_to as until, h.id as place, 0 as lent from identity.holding h
      where h.account = ${account} and h.valid_from <= ${at} and (h.valid_to is null or h.valid_to > ${at})
      union all
      select d.post, d.from_account, d.valid_to, d.id, 1 from identity.delegation d
      where d.to_account = ${account} and d.valid_from <= ${at} and d.valid_to > ${at} and d.revoked_at is null
        and exists (select from identity.holding h where h.post = d.post and h.account = d.from_account
          and h.valid_from <= ${at} and (h.valid_to is null or h.valid_to > ${at})))
    select p.id, p.title_zh, p.title_en, o.id as organisation, o.name_zh, o.name_en, o.path, o.division,
      u.lender, a.name as lender_name, u.until
    from usable u join identity.post p on p.id = u.post join identity.organisation o on o.id = p.organisation
      left join identity.account a on a.id = u.lender
    where p.closed_at is null and o.closed_at is null order by u.lent, u.place`.execute(db)
  const posts = new Map<string, UsablePost>()
  for (const row of rows) if (!posts.has(row.id)) posts.set(row.id, postOf(row))
  return [...posts.values()]
}

const postOf = (row: Row): UsablePost => ({
  id: row.id,
  title: words(row.title_zh, row.title_en),
  organisation: {
    id: row.organisation,
    name: words(row.name_zh, row.name_en),
    path: row.path,
    division: row.division,
  },
  ...(row.lender ? { onBehalfOf: { id: row.lender, name: row.lender_name ?? row.lender } } : {}),
  ...(row.until ? { until: row.until } : {}),
})

/** Rights of a post's roles, and of the roles that every account of the kind holds. */
export async function grantedRights(db: Db, post: string | undefined, kind: AccountKind) {
  const { rows } = await sql<{ right_id: string; reach: Reach; by_post: boolean }>`
    select rr.right_id, rr.reach, pr.post is not null as by_post
    from identity.role r join identity.role_right rr on rr.role = r.id
      left join identity.post_role pr on pr.role = r.id and pr.post = ${post ?? null}
    where r.retired_at is null and (pr.post is not null or ${kind} = any(r.kinds))`.execute(db)
  return rows
}
