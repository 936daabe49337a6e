import { type Db, NotFound } from '#runtime'
import type { DataDesk, LoadProgress } from '../contract.ts'
import { listOf, supersedeOthers } from './corrections/refused-rows.ts'
import { define } from './datasets/define.ts'
import { discardFiles } from './loading/discard-files.ts'
import { inspectFile, noteFile } from './loading/inspect-file.ts'
import { removeByKeys } from './loading/remove-by-keys.ts'
import type { LoadParts } from './loading/run-load.ts'
import { startLoad } from './loading/start-load.ts'
import { cancelLoad, resumeLoad } from './loading/stop-load.ts'
import { profileFile } from './profile/profile-file.ts'
import { registryTables } from './tables.ts'

export function dataDeskService(parts: LoadParts): DataDesk {
  const { files, catalogue, app } = parts
  const progressOf = (loads: readonly number[]) => progressOfLoads(app.db, loads)
  return {
    define: (work, definition) => define(work, catalogue, definition),
    keep: (name, content) => files.put(name, content),
    note: noteFile,
    pathOf: (sm3) => files.pathOf(sm3),
    inspect: (work, dataset, file, reading) => inspectFile(work, parts, dataset, file, reading),
    profile: (sm3, reading, hash, signal) => profileFile({ file: files.pathOf(sm3), reading, hash }, signal),
    start: async (work, { file, ...request }) => {
      await noteFile(work, file, work.actor)
      return startLoad(work, catalogue, { ...request, file: file.sm3, fileName: file.name })
    },
    load: async (work, { dataset, name, content }) => {
      const kept = await files.put(name, content)
      const { file, reading, columns } = await inspectFile(work, parts, dataset, kept)
      return startLoad(work, catalogue, { dataset, file, fileName: name, reading, columns })
    },
    progress: async (id) => {
      const progress = (await progressOf([id])).get(id)
      if (!progress) throw new NotFound()
      return progress
    },
    progressOf,
    loading: async () => {
      const query = registryTables(app.db).selectFrom('registry.load').select('dataset').where('state', '=', 'loading')
      return new Set((await query.execute()).map(({ dataset }) => dataset))
    },
    cancel: cancelLoad,
    resume: resumeLoad,
    discard: (actor, request) => discardFiles(parts, actor, request),
    settleRefused: (work, { dataset, files: whole }) => {
      const { id: by, organisation = '' } = work.actor
      return supersedeOthers(work, listOf({ dataset, by, organisation }), whole)
    },
    removeByKeys: (actor, request, signal) => removeByKeys(parts, actor, request, signal),
  }
}

async function progressOfLoads(db: Db, loads: readonly number[]): Promise<ReadonlyMap<number, LoadProgress>> {
  if (loads.length === 0) return new Map()
  const rows = await registryTables(db)
    .selectFrom('registry.load')
    .select(['id', 'state', 'rows_read', 'bytes_read', 'inserted', 'changed', 'same', 'refused', 'problem'])
    .where('id', 'in', loads)
    .execute()
  return new Map(
    rows.map(({ rows_read: rowsRead, bytes_read: bytesRead, ...rest }) => [rest.id, { ...rest, rowsRead, bytesRead }]),
  )
}
