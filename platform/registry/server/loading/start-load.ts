import { InvalidInput, NotFound, type Work, words } from '#runtime'
import { slotsOf } from '../cells/plan.ts'
import type { Catalogue } from '../datasets/catalogue.ts'
import type { Reading } from '../reading/reading.ts'
import { deskRight } from '../rows/access.ts'
import { storageOf } from '../storage.ts'
import { registryTables } from '../tables.ts'

export interface LoadRequest {
  readonly dataset: string
  /** SM3 of an uploaded file. */
  readonly file: string
  readonly fileName: string
  readonly reading: Reading
  /** Slot of each column, null to leave it out. */
  readonly columns: readonly (string | null)[]
}

/** Starts an import after its mapping was confirmed, and remembers the mapping for the next file of this source. */
export async function startLoad(work: Work, catalogue: Catalogue, request: LoadRequest): Promise<number> {
  const dataset = catalogue.get(request.dataset)
  deskRight(dataset)
  const storage = storageOf(dataset)
  if (!storage)
    throw new InvalidInput('series-dataset', words('时序数据不能这样导入', 'Series are not imported this way'))
  checkColumns(
    request,
    slotsOf(storage, (list) => catalogue.codes(list)),
  )
  const db = registryTables(work.tx)
  const file = await db
    .selectFrom('registry.file')
    .selectAll()
    .where('sm3', '=', request.file)
    .where('gone_at', 'is', null)
    .executeTakeFirst()
  if (!file) throw new NotFound('no-file', words('请先上传文件', 'Upload the file first'))
  await rememberMapping(work, request)
  const { id } = await db
    .insertInto('registry.load')
    .values({
      dataset: dataset.id,
      file: file.sm3,
      file_name: request.fileName,
      reading: JSON.stringify(request.reading),
      columns: JSON.stringify(request.columns),
      state: 'loading',
      bytes: file.size,
      by: work.actor.id,
      organisation: work.actor.organisation ?? '',
      started_at: work.at,
      moved_at: work.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  work.enqueue('registry.load', { load: id }, { key: String(id) })
  return id
}

function checkColumns({ columns, reading }: LoadRequest, slots: ReturnType<typeof slotsOf>): void {
  const known = new Set(slots.map(({ id }) => id))
  const chosen = columns.filter((id) => id !== null)
  const unknown = columns.findIndex((id) => id !== null && !known.has(id))
  if (columns.length !== reading.header.length || unknown >= 0 || new Set(chosen).size !== chosen.length)
    throw new InvalidInput('wrong-mapping', words('列与字段的对应有误', 'Columns and fields do not match'), [
      { path: `/columns/${Math.max(unknown, 0)}`, message: words('字段不存在或重复', 'Unknown field, or given twice') },
    ])
  const missing = slots.filter(({ id, required }) => required && !chosen.includes(id))
  if (missing.length > 0)
    throw new InvalidInput(
      'required-unmapped',
      words('有必填字段没有对应的列', 'A required field has no column'),
      missing.map(({ id, title }) => ({
        path: `/fields/${id}`,
        message: words(`“${title.zh}”必填，请指定它的列`, `"${title.en}" is required; choose its column`),
      })),
    )
}

/** Column titles as one text, the same for any order of columns. */
export const headerKey = (header: readonly string[]): string => JSON.stringify([...header].sort())

async function rememberMapping(work: Work, { dataset, reading, columns }: LoadRequest): Promise<void> {
  const byTitle = Object.fromEntries(reading.header.flatMap((title, at) => (columns[at] ? [[title, columns[at]]] : [])))
  const values = { columns: JSON.stringify(byTitle), by: work.actor.id, at: work.at }
  await registryTables(work.tx)
    .insertInto('registry.mapping')
    .values({ dataset, organisation: work.actor.organisation ?? '', header: headerKey(reading.header), ...values })
    .onConflict((conflict) => conflict.columns(['dataset', 'organisation', 'header']).doUpdateSet(values))
    .execute()
}
