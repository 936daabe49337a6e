import { NotFound } from '#runtime'
import type { DataDesk } from '../contract.ts'
import { define } from './datasets/define.ts'
import { inspectFile } from './loading/inspect-file.ts'
import type { LoadParts } from './loading/run-load.ts'
import { startLoad } from './loading/start-load.ts'
import { registryTables } from './tables.ts'

export function dataDeskService(parts: LoadParts): DataDesk {
  return {
    define: (work, definition) => define(work, parts.catalogue, definition),
    load: async (work, { dataset, name, content }) => {
      const { file, reading, columns } = await inspectFile(work, parts, dataset, await parts.files.put(name, content))
      return startLoad(work, parts.catalogue, { dataset, file, fileName: name, reading, columns })
    },
    progress: async (id) => {
      const load = await registryTables(parts.app.db)
        .selectFrom('registry.load')
        .select(['id', 'state', 'inserted', 'changed', 'same', 'refused'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (!load) throw new NotFound()
      return load
    },
  }
}
