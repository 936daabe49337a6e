import { Type } from 'typebox'
import { identity } from '#platform/identity'
import { datasetDirectory } from '#platform/registry'
import {
  type App,
  Forbidden,
  InvalidInput,
  NOTHING_PERSONAL,
  NotFound,
  PUBLIC,
  type Route,
  route,
  type Scope,
  type Work,
  words,
} from '#runtime'
import type { GrantStore } from '../grants/grant-store.ts'
import { isSeen, seenGrant } from '../grants/sight.ts'
import { getReceipt, listReceipts, publicKeyOf, receiptFile, type StoredReceipt } from '../receipts/find-receipts.ts'
import type { ReceiptRecord } from '../receipts/record.ts'
import { ById, Nullable } from './schemas.ts'

const ReceiptView = Type.Object({
  id: Type.String(),
  at: Type.String({ format: 'date-time' }),
  grant: Nullable(Type.String()),
  dataset: Nullable(Type.String()),
  consumer: Nullable(Type.String()),
  caller: Type.String(),
  way: Type.String(),
  outcome: Type.String(),
  rows: Type.Integer(),
  fields: Type.Array(Type.String()),
})

/** Receipts: what was used under a grant, who used a dataset, and each as a file that proves itself. */
export const receiptRoutes = (app: App, store: GrantStore): Route[] => [
  route({
    method: 'GET',
    path: '/api/exchange/receipts',
    title: words('使用回执', 'Receipts'),
    right: 'exchange.read',
    audit: 'exchange.receipt.read',
    query: Type.Object({
      grant: Type.Optional(Type.String({ maxLength: 100 })),
      dataset: Type.Optional(Type.String({ maxLength: 100 })),
      /** Calls for grants that there are not; for who sees the whole city. */
      unknown: Type.Optional(Type.Boolean()),
      refused: Type.Optional(Type.Boolean()),
      after: Type.Optional(Type.String({ maxLength: 100 })),
    }),
    response: Type.Object({ rows: Type.Array(ReceiptView), next: Nullable(Type.String()) }),
    example: { rows: [], next: null },
    handler: async ({ query: { grant, dataset, unknown, ...page }, scope, work }) => {
      const of = await subjectOf(app, store, work, scope, { grant, dataset, unknown })
      const { shown, next } = await listReceipts(work.tx, of, page)
      work.audit({
        event: 'exchange.receipt.read',
        subject: { kind: grant ? 'exchange.grant' : 'registry.dataset', id: grant ?? dataset ?? '*' },
      })
      return { rows: shown.map(viewOf), next }
    },
  }),
  route({
    method: 'GET',
    path: '/api/exchange/receipts/:id',
    title: words('回执文件', 'A receipt that proves itself'),
    right: 'exchange.read',
    audit: 'exchange.receipt.read',
    params: ById,
    response: Type.Unknown(),
    example: { format: 'daizong-receipt/1', record: {}, proof: {}, head: {}, key: {} },
    handler: async ({ params, scope, work, reply }) => {
      const receipt = await getReceipt(work.tx, params.id)
      await refuseUnseen(app, store, work, scope, receipt)
      const file = await receiptFile(app, work.tx, receipt)
      reply.header('content-disposition', `attachment; filename=receipt-${params.id}.json`)
      return file
    },
  }),
  route({
    method: 'GET',
    path: '/api/exchange/public-key',
    title: words('回执签名公钥，任何人可用来校验', 'Public key of receipts; anybody may verify with it'),
    right: PUBLIC,
    audit: NOTHING_PERSONAL,
    query: Type.Object({ id: Type.Optional(Type.Integer({ minimum: 0 })) }),
    response: Type.String(),
    produces: 'application/x-pem-file',
    example: '-----BEGIN PUBLIC KEY-----',
    handler: async ({ query }) => publicKeyOf(app, query.id),
  }),
]

interface Subject {
  readonly grant?: string | undefined
  readonly dataset?: string | undefined
  readonly unknown?: boolean | undefined
}

/** What receipts are asked of, if the caller may see them. @throws NotFound, Forbidden, InvalidInput */
async function subjectOf(app: App, store: GrantStore, work: Work, scope: Scope, { grant, dataset, unknown }: Subject) {
  if (grant !== undefined) return { grant: seenGrant(store, scope, grant).id }
  if (dataset !== undefined) {
    if (!(await isOwn(app, work, scope, dataset))) throw new NotFound()
    return { dataset }
  }
  if (!unknown) throw new InvalidInput('no-subject', words('请指定授权或数据集', 'Name a grant or a dataset'))
  if (scope.reach !== 'city') throw new Forbidden()
  return { dataset: null }
}

/** Whether the organisation that answers for a dataset is within reach. */
export async function isOwn(app: App, work: Work, scope: Scope, id: string): Promise<boolean> {
  const dataset = app.use(datasetDirectory).find(id)
  if (!dataset) return false
  if (scope.reach === 'city') return true
  const owner = await app.use(identity).organisation(dataset.source, work.tx)
  return owner?.path.startsWith(scope.path) ?? false
}

/** @throws NotFound */
async function refuseUnseen(app: App, store: GrantStore, work: Work, scope: Scope, receipt: StoredReceipt) {
  const grant = store.find(receipt.grant_id ?? '')
  if (scope.reach === 'city' || (grant && isSeen(scope, grant))) return
  if (!receipt.dataset || !(await isOwn(app, work, scope, receipt.dataset))) throw new NotFound()
}

const viewOf = ({ stream, n, at, grant_id, record, ...rest }: StoredReceipt) => ({
  ...rest,
  id: `${stream}-${n}`,
  at: at.toISOString(),
  grant: grant_id,
  fields: (JSON.parse(record) as ReceiptRecord).fields,
})
