import { Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import { define } from '../datasets/define.ts'
import { DatasetDefinition } from '../datasets/definition.ts'
import { datasetDetail, datasetSummary } from '../datasets/views.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { mayRead } from '../rows/access.ts'
import { tableOf } from '../rows/registry-service.ts'
import { askSearchable } from '../rows/searchable.ts'
import { DatasetParams, Done } from './schemas.ts'

/** The catalogue, code lists, and the definition of datasets by stewards. */
export const datasetRoutes = ({ catalogue }: LoadParts): Route[] => [
  route({
    method: 'GET',
    path: '/api/registry/datasets',
    title: words('数据目录', 'Catalogue of datasets'),
    right: 'registry.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ datasets: Type.Array(Type.Unknown()) }),
    example: { datasets: [{ id: 'air.station', title: { zh: '空气站点', en: 'Stations' }, source: 'city.ecology' }] },
    handler: async ({ actor }) => ({
      datasets: catalogue
        .all()
        .map((listed) => ({ ...datasetSummary(listed), readable: mayRead(actor, listed.dataset) })),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/registry/datasets/:dataset',
    title: words('数据集定义', 'Definition of a dataset'),
    right: 'registry.read',
    audit: NOTHING_PERSONAL,
    params: DatasetParams,
    response: Type.Unknown(),
    example: { id: 'air.station', fields: [] },
    handler: async ({ params, work }) => {
      catalogue.get(params.dataset)
      const listed = catalogue.find(params.dataset)
      return listed && datasetDetail(work.tx, catalogue, listed)
    },
  }),
  route({
    method: 'POST',
    path: '/api/registry/datasets/:dataset/searchable',
    title: words('把字段设为可查找', 'Make a field searchable'),
    right: 'registry.steward',
    audit: 'registry.field.searchable',
    params: DatasetParams,
    body: Type.Object({ field: Type.String({ maxLength: 60 }) }),
    response: Done,
    example: { done: true },
    handler: async ({ params, body, work }) => {
      await askSearchable(work, tableOf(catalogue.get(params.dataset)), body.field)
      return { done: true }
    },
  }),
  route({
    method: 'GET',
    path: '/api/registry/code-lists',
    title: words('代码表', 'Code lists'),
    right: 'registry.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ lists: Type.Array(Type.Unknown()) }),
    example: { lists: [{ id: 'gbt2261.1', title: { zh: '性别', en: 'Sex' }, source: 'GB/T 2261.1-2003', size: 4 }] },
    handler: async () => ({
      lists: catalogue
        .codeLists()
        .map(({ id, title, source, codes }) => ({ id, title, source, size: Object.keys(codes).length })),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/registry/code-lists/:list',
    title: words('代码表内容', 'Codes of a list'),
    right: 'registry.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ list: Type.String({ maxLength: 100 }) }),
    response: Type.Object({ codes: Type.Record(Type.String(), Type.Unknown()) }),
    example: { codes: { 1: { zh: '男', en: '男' } } },
    handler: async ({ params }) => ({ codes: catalogue.codes(params.list) }),
  }),
  route({
    method: 'POST',
    path: '/api/registry/definitions',
    title: words('定义数据集', 'Define a dataset'),
    right: 'registry.steward',
    audit: 'registry.definition.saved',
    body: DatasetDefinition,
    response: Type.Object({ id: Type.String() }),
    example: { id: 'city.resident' },
    handler: async ({ body, work }) => ({ id: await define(work, catalogue, body) }),
  }),
]
