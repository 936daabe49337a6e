import { Type } from 'typebox'
import { type App, dayAt, formatDay, NOTHING_PERSONAL, NotFound, route, words } from '#runtime'
import { wantCheck } from '../corrections/correction-hooks.ts'
import { getDataset } from '../known-datasets.ts'
import { datasetsWithin, latestResults, latestScores, rulesOf, scoreTrend, sourceTrend } from '../quality/views.ts'
import { DatasetParams, Done } from './schemas.ts'

const DAYS_SHOWN = 90
const monthsAgo = (app: App): string => formatDay(dayAt(app.now().getTime()) - DAYS_SHOWN)

/** `GET /api/collection/quality`: score of every dataset within reach, and of its source over time. */
export const qualityRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/collection/quality',
    title: words('数据质量总览', 'Quality of all datasets'),
    right: 'collection.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ rows: Type.Array(Type.Unknown()), trend: Type.Array(Type.Unknown()) }),
    example: { rows: [{ dataset: 'base.resident', total: 96.2, dimensions: { complete: 98 } }], trend: [] },
    handler: async ({ scope, work }) => {
      const datasets = await datasetsWithin(app, work.tx, scope)
      const ids = datasets.map(({ id }) => id)
      const scores = new Map((await latestScores(work.tx, ids)).map((row) => [row.dataset, row]))
      return {
        rows: datasets.map(({ id, title, source }) => {
          const { day = null, total = null, dimensions = {}, rows = 0, failing = 0 } = scores.get(id) ?? {}
          return { dataset: id, title, source, day, total, dimensions, rows, failing }
        }),
        trend: await sourceTrend(work.tx, ids, monthsAgo(app)),
      }
    },
  })

/** `GET /api/collection/quality/:dataset`: rules, what they found last, scores over time. */
export const datasetQualityRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/collection/quality/:dataset',
    title: words('一个数据集的质量', 'Quality of a dataset'),
    right: 'collection.read',
    audit: NOTHING_PERSONAL,
    params: DatasetParams,
    response: Type.Unknown(),
    example: { dataset: 'base.resident', rules: [], trend: [] },
    handler: async ({ params, scope, work }) => {
      const within = await datasetsWithin(app, work.tx, scope)
      const dataset = within.find(({ id }) => id === params.dataset)
      if (!dataset) throw new NotFound()
      const results = new Map((await latestResults(work.tx, dataset.id)).map((result) => [result.rule, result]))
      const { id, title, about, source } = dataset
      return {
        dataset: id,
        title,
        about,
        source,
        rules: (await rulesOf(app, work.tx, dataset)).map((rule) => ({
          ...rule,
          result: results.get(rule.id) ?? null,
        })),
        trend: await scoreTrend(work.tx, id, monthsAgo(app)),
      }
    },
  })

/** `POST /api/collection/quality/:dataset/checks`: checks it now. */
export const wantCheckRoute = (app: App) =>
  route({
    method: 'POST',
    path: '/api/collection/quality/:dataset/checks',
    title: words('立即检查', 'Check now'),
    right: 'collection.rules',
    audit: 'collection.check.wanted',
    params: DatasetParams,
    response: Done,
    example: { done: true },
    handler: async ({ params, work }) => {
      wantCheck(work, getDataset(app, params.dataset).id)
      return { done: true }
    },
  })
