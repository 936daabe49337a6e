import { Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import { registryTables } from '../tables.ts'
import { DatasetParams, Done } from './schemas.ts'

const Query = Type.Object(
  {
    where: Type.Array(Type.String({ maxLength: 500 }), { maxItems: 20 }),
    sort: Type.Optional(Type.String({ maxLength: 60 })),
    columns: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 200 }),
  },
  { additionalProperties: false },
)
const ViewParams = Type.Object({ ...DatasetParams.properties, name: Type.String({ minLength: 1, maxLength: 60 }) })

/** Saved views: everybody's own. */
export const viewRoutes = (): Route[] => [
  route({
    method: 'GET',
    path: '/api/registry/datasets/:dataset/views',
    title: words('我的视图', 'My saved views'),
    right: 'registry.read',
    audit: NOTHING_PERSONAL,
    params: DatasetParams,
    response: Type.Object({ views: Type.Array(Type.Object({ name: Type.String(), query: Query })) }),
    example: { views: [{ name: '泰山区', query: { where: ['division~prefix~370902'], columns: ['name'] } }] },
    handler: async ({ params, actor, work }) => ({
      views: await registryTables(work.tx)
        .selectFrom('registry.view')
        .select(['name', 'query'])
        .where('account', '=', actor.id)
        .where('dataset', '=', params.dataset)
        .orderBy('name')
        .execute(),
    }),
  }),
  route({
    method: 'PUT',
    path: '/api/registry/datasets/:dataset/views/:name',
    title: words('保存视图', 'Save a view'),
    right: 'registry.read',
    audit: 'registry.view.saved',
    params: ViewParams,
    body: Query,
    response: Done,
    example: { done: true },
    handler: async ({ params, body, actor, work }) => {
      const values = { query: JSON.stringify(body), at: work.at }
      await registryTables(work.tx)
        .insertInto('registry.view')
        .values({ account: actor.id, dataset: params.dataset, name: params.name, ...values })
        .onConflict((conflict) => conflict.columns(['account', 'dataset', 'name']).doUpdateSet(values))
        .execute()
      return { done: true }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/registry/datasets/:dataset/views/:name',
    title: words('删除视图', 'Delete a view'),
    right: 'registry.read',
    audit: 'registry.view.removed',
    params: ViewParams,
    response: Done,
    example: { done: true },
    handler: async ({ params, actor, work }) => {
      await registryTables(work.tx)
        .deleteFrom('registry.view')
        .where('account', '=', actor.id)
        .where('dataset', '=', params.dataset)
        .where('name', '=', params.name)
        .execute()
      return { done: true }
    },
  }),
]
