import { sql } from 'kysely'
import { type App, type Job, system, tables, words } from '#runtime'
import type { BlobStore } from './blob-store.ts'
import type { DocumentsTables } from './tables.ts'
import { scan } from './virus-scan.ts'

const DAYS_LOOSE = 7
const BATCH = 500

/** Scans what had to wait because the scanner was away; infected contents are deleted and their uploads stay as names. */
export const scanJob = (app: App, store: BlobStore): Job<{ sm3?: string }> => ({
  id: 'documents.scan',
  title: words('补做查毒', 'Scan waiting files'),
  run: async ({ sm3 }) => {
    const address = app.config.clamdAddress
    if (!sm3 || !address) return
    const virus = await scan(address, store.read(sm3))
    await app.work(system('documents.scan'), async (work) => {
      await tables<DocumentsTables>(work.tx)
        .updateTable('documents.blob')
        .set({ scan: virus === null ? 'clean' : 'infected' })
        .where('sm3', '=', sm3)
        .execute()
      if (virus !== null)
        work.audit({ event: 'documents.file.refused', subject: { kind: 'content', id: sm3 }, details: { virus } })
    })
    if (virus !== null) await store.remove(sm3)
  },
})

/** Removes uploads that were never attached, and contents that nothing names any more. */
export const cleanJob = (app: App, store: BlobStore): Job => ({
  id: 'documents.clean',
  title: words('清理未使用的文件', 'Remove unused files'),
  schedule: '20 3 * * *',
  run: async (_data, signal) => {
    const before = new Date(app.now().getTime() - DAYS_LOOSE * 86_400_000)
    for (;;) {
      signal.throwIfAborted()
      const unused = await cleanBatch(app, before)
      for (const { sm3 } of unused) await store.remove(sm3)
      if (unused.length < BATCH) return
    }
  },
})

const cleanBatch = (app: App, before: Date) =>
  app.work(system('documents.clean'), async ({ tx }) => {
    await tables<DocumentsTables>(tx)
      .deleteFrom('documents.file')
      .where('attached_kind', 'is', null)
      .where('uploaded_at', '<', before)
      .execute()
    const { rows } = await sql<{ sm3: string }>`delete from documents.blob where sm3 in (
        select sm3 from documents.blob b where stored_at < ${before}
        and not exists (select from documents.file f where f.sm3 = b.sm3) limit ${BATCH})
      returning sm3`.execute(tx)
    return rows
  })
