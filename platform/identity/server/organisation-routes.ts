import { sql } from 'kysely'
import { Type } from 'typebox'
import {
  type App,
  containing,
  NOTHING_PERSONAL,
  NotFound,
  type Route,
  route,
  SIGNED_IN,
  type Words,
  words,
} from '#runtime'
import { staffing } from '../contract.ts'
import type { ActorCache } from './actor-cache.ts'
import { page, pageOf, paging } from './paging.ts'
import { organisationWithin } from './reach.ts'
import { ById, Done, NameBody, NameView, Nullable } from './schemas.ts'
import { from, type IdentityTables } from './tables.ts'

const Kind = Type.Union([
  Type.Literal('body'),
  Type.Literal('county'),
  Type.Literal('zone'),
  Type.Literal('town'),
  Type.Literal('village'),
  Type.Literal('grid'),
])

const OrganisationView = Type.Object({
  id: Type.String(),
  name: NameView,
  short: Type.String(),
  parent: Nullable,
  path: Type.String(),
  division: Type.String(),
  kind: Type.Union([Type.Literal('city'), ...Kind.anyOf]),
  hasChildren: Type.Boolean(),
  isClosed: Type.Boolean(),
})
const EXAMPLE = {
  id: 'city.ecology',
  name: { zh: '市生态环境局', en: 'Municipal Ecology and Environment Bureau' },
  short: '市生态环境局',
  parent: 'city.government',
  path: 'city/city.government/city.ecology/',
  division: '3709',
  kind: 'body',
  hasChildren: true,
  isClosed: false,
}

type Row = IdentityTables['identity.organisation'] & { readonly has_children: boolean }

const viewOf = ({ name_zh, name_en, closed_at, has_children, ...row }: Row) => ({
  ...row,
  name: { zh: name_zh, en: name_en },
  hasChildren: has_children,
  isClosed: closed_at !== null,
})

const hasChildren = sql<boolean>`exists (select from identity.organisation c where c.parent = o.id)`.as('has_children')

/** The tree, read level by level or by search; its thousands of villages never come at once. */
export const organisationRoutes = (app: App, cache: ActorCache): Route[] => [
  route({
    method: 'GET',
    path: '/api/identity/organisations',
    title: words('组织机构', 'Organisations'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      parent: Type.Optional(Type.String({ description: 'Children of this one' })),
      search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of a name, or the beginning of a code' })),
      kind: Type.Optional(Type.Union([Type.Literal('city'), ...Kind.anyOf])),
      ...paging,
    }),
    response: pageOf(OrganisationView),
    example: { rows: [EXAMPLE], next: null },
    handler: async ({ query: { parent, search, kind, after, limit }, work }) => {
      let list = from(work.tx)
        .selectFrom('identity.organisation as o')
        .selectAll('o')
        .select(hasChildren)
        .orderBy('o.id')
        .limit(limit + 1)
      if (parent !== undefined) list = list.where('o.parent', '=', parent)
      else if (!search && !kind) list = list.where('o.parent', 'is', null)
      if (kind) list = list.where('o.kind', '=', kind)
      if (after) list = list.where('o.id', '>', after)
      if (search) {
        const text = containing(search)
        list = list.where((is) =>
          is.or([
            is('o.name_zh', 'like', text),
            is('o.name_en', 'ilike', text),
            is('o.short', 'like', text),
            is('o.id', 'like', text.slice(1)),
          ]),
        )
      }
      return page((await list.execute()).map(viewOf), limit, ({ id }) => id)
    },
  }),
  route({
    method: 'GET',
    path: '/api/identity/organisations/:id',
    title: words('一个组织', 'An organisation'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    params: ById,
    response: Type.Object({
      ...OrganisationView.properties,
      above: Type.Array(Type.Object({ id: Type.String(), name: NameView })),
    }),
    example: { ...EXAMPLE, above: [{ id: 'city', name: { zh: '泰安市', en: "Tai'an City" } }] },
    handler: async ({ params, work }) => {
      const { rows } = await sql<Row & { readonly above: readonly { id: string; name: Words }[] }>`/* prepared */
        select o.id, o.name_zh, o.name_en, o.short, o.parent, o.path, o.division, o.kind, o.closed_at, ${hasChildren},
          coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'name', jsonb_build_object('zh', a.name_zh, 'en', a.name_en))
              order by length(a.path))
            from identity.organisation a where a.id = any(string_to_array(o.path, '/')) and a.id <> o.id), '[]') as above
        from identity.organisation o where o.id = ${params.id}`.execute(work.tx)
      const [row] = rows
      if (!row) throw new NotFound()
      return { ...viewOf(row), above: row.above }
    },
  }),
  route({
    method: 'POST',
    path: '/api/identity/organisations',
    title: words('新建组织', 'Make an organisation'),
    right: 'identity.organisation.write',
    audit: 'identity.organisation.created',
    body: Type.Object(
      {
        id: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,99}$' }),
        parent: Type.String(),
        name: NameBody,
        short: Type.Optional(Type.String({ maxLength: 100 })),
        kind: Kind,
        division: Type.Optional(Type.String({ pattern: '^\\d{2,12}$', description: "The parent's if absent" })),
      },
      { additionalProperties: false },
    ),
    response: Done,
    example: { id: '370902001001' },
    handler: async ({ work, scope, body }) => {
      const above = await organisationWithin(work, scope, body.parent)
      const { short = body.name.zh, division = above.division } = body
      return { id: await app.use(staffing).addOrganisation(work, { ...body, short, division }) }
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/identity/organisations/:id',
    title: words('修改或撤销组织', 'Change or close an organisation'),
    right: 'identity.organisation.write',
    audit: 'identity.organisation.changed',
    params: ById,
    body: Type.Object(
      {
        name: Type.Optional(NameBody),
        short: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
        isClosed: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    response: Done,
    example: { id: 'city.ecology' },
    handler: async ({ work, scope, params, body: { name, short, isClosed } }) => {
      const { id } = await organisationWithin(work, scope, params.id)
      const changed = {
        ...(name ? { name_zh: name.zh, name_en: name.en } : {}),
        ...(short ? { short } : {}),
        ...(isClosed === undefined ? {} : { closed_at: isClosed ? work.at : null }),
      }
      if (Object.keys(changed).length > 0)
        await from(work.tx).updateTable('identity.organisation').set(changed).where('id', '=', id).execute()
      const details = { fields: Object.keys(changed), ...(isClosed === undefined ? {} : { isClosed }) }
      work.audit({ event: 'identity.organisation.changed', subject: { kind: 'organisation', id }, details })
      cache.changed(work, '*')
      return { id }
    },
  }),
]
