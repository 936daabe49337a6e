import { sql } from 'kysely'
import { buildMerkleTree, keys, publicKeyToPem, recordProof } from '#platform/crypto'
import { type App, Conflict, type Db, InvalidInput, NotFound, words } from '#runtime'
import { RECEIPTS, type ReceiptFile } from './receipt-file.ts'
import type { ReceiptRecord } from './record.ts'
import { recordsOf } from './signer.ts'

export interface StoredReceipt {
  readonly stream: string
  readonly n: number
  readonly at: Date
  readonly grant_id: string | null
  readonly dataset: string | null
  readonly consumer: string | null
  readonly caller: string
  readonly way: string
  readonly outcome: string
  readonly rows: number
  readonly record: string
}

const PAGE = 50

/** Receipts of a grant, of a dataset, or (with null) of calls for what there is not; newest first. */
export async function listReceipts(
  db: Db,
  of: { readonly grant: string } | { readonly dataset: string | null },
  { after, refused }: { readonly after?: string; readonly refused?: boolean },
) {
  const place = after === undefined ? undefined : placeOf(after)
  const { rows } = await sql<StoredReceipt>`
    select stream, n, at, grant_id, dataset, consumer, caller, way, outcome, rows, record from exchange.receipt
    where ${'grant' in of ? sql`grant_id = ${of.grant}` : of.dataset === null ? sql`dataset is null` : sql`dataset = ${of.dataset}`}
      ${refused ? sql`and outcome <> 'answered'` : sql``}
      ${place ? sql`and (at, stream, n) < (${place.at}::timestamptz, ${place.stream}, ${place.n})` : sql``}
    order by at desc, stream desc, n desc limit ${PAGE + 1}`.execute(db)
  const shown = rows.slice(0, PAGE)
  const last = shown.at(-1)
  return { shown, next: rows.length > PAGE && last ? `${last.at.toISOString()}~${last.stream}-${last.n}` : null }
}

function placeOf(after: string) {
  const [at = '', id = ''] = after.split('~')
  if (Number.isNaN(Date.parse(at)))
    throw new InvalidInput(
      'wrong-cursor',
      words('页码无效，请从第一页开始', 'Not a valid cursor; begin at the first page'),
    )
  return { at, ...partsOf(id) }
}

function partsOf(id: string): { stream: string; n: number } {
  const [, stream = '', n = ''] = /^([0-9a-f]{16})-(\d{1,15})$/.exec(id) ?? []
  return { stream, n: Number(n) }
}

/** @throws NotFound */
export async function getReceipt(db: Db, id: string): Promise<StoredReceipt> {
  const { stream, n } = partsOf(id)
  const { rows } = await sql<StoredReceipt>`
    select stream, n, at, grant_id, dataset, consumer, caller, way, outcome, rows, record from exchange.receipt
    where stream = ${stream} and n = ${n}`.execute(db)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

/** Number of the receipt that a call left, and digest of its answer, by the number that the consumer gave it. */
export async function receiptOf(
  db: Db,
  grant: string,
  request: string,
): Promise<{ readonly id: string; readonly answer: string | null } | undefined> {
  const { rows } = await sql<StoredReceipt>`select stream, n, record from exchange.receipt
    where grant_id = ${grant} and request = ${request}`.execute(db)
  const [row] = rows
  return row && { id: `${row.stream}-${row.n}`, answer: (JSON.parse(row.record) as ReceiptRecord).answer }
}

interface Head {
  readonly first: number
  readonly last: number
  readonly at: Date
  readonly root: Buffer
  readonly key_id: number
  readonly signature: Buffer
}

/** Record, path, head and key of a receipt. @throws Conflict while it is not signed yet, for a second */
export async function receiptFile(app: App, db: Db, { stream, n, record }: StoredReceipt): Promise<ReceiptFile> {
  const { rows } = await sql<Head>`select first, last, at, root, key_id, signature from exchange.head
    where stream = ${stream} and first <= ${n} order by first desc limit 1`.execute(db)
  const head = rows[0]
  if (!head || head.last < n)
    throw new Conflict(
      'not-signed-yet',
      words('回执正在签署，请一秒后再取', 'The receipt is being signed; come again in a second'),
    )
  const signed = await recordsOf(db, stream, head.first, head.last)
  const tree = buildMerkleTree(signed.map(({ record }) => Buffer.from(record)))
  return {
    format: 'daizong-receipt/1',
    record: JSON.parse(record) as ReceiptRecord,
    proof: recordProof(
      tree,
      signed.findIndex((one) => one.n === n),
    ),
    head: {
      purpose: RECEIPTS,
      size: tree.size,
      root: head.root.toString('hex'),
      at: head.at.toISOString(),
      signature: head.signature.toString('hex'),
    },
    key: { id: head.key_id, publicKey: publicKeyOf(app, head.key_id) },
  }
}

/** PEM of the key that signs, or signed; absent number: the one that signs now. @throws NotFound */
export const publicKeyOf = (app: App, id?: number): string =>
  publicKeyToPem(app.use(keys).signer(RECEIPTS, id).pair.publicKey)
