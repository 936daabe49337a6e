import { sql } from 'kysely'
import { Type } from 'typebox'
import { containing, Forbidden, NOTHING_PERSONAL, NotFound, type Route, route, SIGNED_IN, words } from '#runtime'
import { page, pageOf, paging } from './paging.ts'
import { ById, NameView } from './schemas.ts'
import { from } from './tables.ts'

/** Names of those who act for the city, which everybody they serve may know; others' names are masked. */
export const peopleRoutes = (): Route[] => [
  route({
    method: 'GET',
    path: '/api/identity/people/:id',
    title: words('姓名', 'Display name of an account'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    params: ById,
    response: Type.Object({ id: Type.String(), name: Type.String() }),
    example: { id: 'demo.ecology', name: '赵磊' },
    handler: async ({ work, actor, params }) => {
      const row = await from(work.tx)
        .selectFrom('identity.account')
        .select(['id', 'name', 'kind'])
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!row) throw new NotFound()
      const isPlain = row.kind === 'staff' || row.id === actor.id
      return { id: row.id, name: isPlain ? row.name : `${row.name.slice(0, 1)}**` }
    },
  }),
  route({
    method: 'GET',
    path: '/api/identity/people',
    title: words('查找工作人员', 'Find staff by name'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    query: Type.Object({ search: Type.String({ minLength: 1, maxLength: 100 }), ...paging }),
    response: pageOf(Type.Object({ id: Type.String(), name: Type.String(), organisationName: NameView })),
    example: {
      rows: [{ id: 'demo.ecology', name: '赵磊', organisationName: { zh: '市生态环境局', en: 'Ecology Bureau' } }],
      next: null,
    },
    handler: async ({ work, actor, query: { search, after = '', limit } }) => {
      if (!actor.post) throw new Forbidden('staff-only', words('仅工作人员可以查找', 'Only staff may look for staff'))
      const text = containing(search)
      const { rows } = await sql<{ id: string }>`
        select a.id, a.name, jsonb_build_object('zh', o.name_zh, 'en', o.name_en) as "organisationName"
        from identity.account a join identity.organisation o on o.id = coalesce(a.organisation, 'city')
        where a.kind = 'staff' and a.disabled_at is null and a.id > ${after}
          and (a.name like ${text} or a.account like ${text})
        order by a.id limit ${limit + 1}`.execute(work.tx)
      return page(rows, limit, ({ id }) => id)
    },
  }),
]
