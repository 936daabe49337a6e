import { keys } from '#platform/crypto'
import { documents } from '#platform/documents'
import { type App, type ServerPart, system } from '#runtime'
import {
  bulkCopy,
  codeLists,
  correctionLists,
  dataDesk,
  datasetDirectory,
  datasetExtracts,
  fieldUses,
  handouts,
  registry,
  rowMarks,
  rowSight,
  sharedRows,
  unsealedRows,
} from '../contract.ts'
import { correctionListsOf } from './corrections/correction-lists.ts'
import { findOldList, noteOldRows } from './corrections/note-old-rows.ts'
import { dataDeskService } from './data-desk.ts'
import { Catalogue } from './datasets/catalogue.ts'
import { addEdition } from './datasets/code-list-editions.ts'
import { extractsOf } from './datasets/extracts.ts'
import { heldCodes } from './datasets/held-codes.ts'
import { FileStore } from './file-store.ts'
import { handoutsService } from './handouts/handouts.ts'
import { fieldKeys } from './keys.ts'
import { discardLoose } from './loading/discard-loose.ts'
import { resumeLoads } from './loading/resume-loads.ts'
import { type LoadParts, runLoad } from './loading/run-load.ts'
import { rowMarksService } from './marks/row-marks.ts'
import { fieldResealer } from './reseal/field-resealer.ts'
import { countPastRetention } from './retention/past-retention.ts'
import { registryRoutes } from './routes/registry-routes.ts'
import { ReadDays } from './rows/read-days.ts'
import { registryService } from './rows/registry-service.ts'
import { rowSightService } from './rows/row-sight.ts'
import { makeSearchable } from './rows/searchable.ts'
import { unsealedRows as unsealedRowsOf } from './rows/unsealed-rows.ts'
import { directoryOf } from './sharing/directory.ts'
import { fieldUsesService } from './sharing/field-uses.ts'
import { sharedRowsOf } from './sharing/shared-rows.ts'
import { CopyIn } from './store/copy-in.ts'

const OLD_REFUSALS = 'registry.old-refusals'

export const server = (app: App): ServerPart => {
  const parts: LoadParts = {
    app,
    catalogue: new Catalogue(app),
    files: new FileStore(app.config.dataDir, (path, name) => app.use(documents).examine(path, name)),
    keys: () => fieldKeys(app),
    copyIn: new CopyIn(app.pool),
    readDays: new ReadDays(app),
  }
  app.use(keys).reseals(fieldResealer(parts))
  app.provide(registry, registryService(parts))
  app.provide(dataDesk, dataDeskService(parts))
  app.provide(unsealedRows, unsealedRowsOf(parts))
  app.provide(datasetExtracts, extractsOf(parts.catalogue))
  app.provide(bulkCopy, parts.copyIn)
  app.provide(codeLists, {
    all: () => parts.catalogue.codeLists(),
    editions: (id) => parts.catalogue.editions(id),
    add: (work, edition) => addEdition(work, parts.catalogue, edition),
    held: (db, list, codes) => heldCodes(db, parts.catalogue, list, codes),
  })
  app.provide(datasetDirectory, directoryOf(parts.catalogue))
  app.provide(fieldUses, fieldUsesService())
  app.provide(sharedRows, sharedRowsOf(parts))
  app.provide(handouts, handoutsService(parts))
  app.provide(rowSight, rowSightService(parts))
  app.provide(rowMarks, rowMarksService(parts))
  app.provide(correctionLists, correctionListsOf(parts))
  app.hear(({ topic }) => {
    if (topic === 'registry.definition.saved') void parts.catalogue.reload()
  })
  return {
    routes: registryRoutes(parts),
    jobs: [
      {
        id: 'registry.load',
        title: { zh: '数据导入', en: 'Import' },
        expireSeconds: 24 * 3600,
        run: (data, signal) => runLoad(parts, (data as { load: number }).load, signal),
      },
      {
        id: 'registry.searchable',
        title: { zh: '把字段设为可查找', en: 'Make a field searchable' },
        expireSeconds: 3600,
        run: (data) => {
          const { dataset, field } = data as { dataset: string; field: string }
          return makeSearchable(app, parts.catalogue, dataset, field)
        },
      },
      {
        id: 'registry.retention',
        title: { zh: '统计保存期满的数据', en: 'Count data past their retention' },
        schedule: '40 3 * * *',
        run: () => countPastRetention(app, parts.catalogue),
      },
      {
        id: 'registry.loose-files',
        title: { zh: '删除中断后留下的文件', en: 'Delete files of what was broken off' },
        schedule: '20 4 * * *',
        expireSeconds: 3600,
        run: (_data, signal) => discardLoose(parts, signal),
      },
      {
        id: OLD_REFUSALS,
        title: { zh: '整理以前的待更正行', en: 'Note the keys of rows refused earlier' },
        expireSeconds: 24 * 3600,
        run: (_data, signal) => noteOldRows(parts, signal),
      },
      {
        id: 'registry.resume',
        title: { zh: '继续中断的导入', en: 'Resume interrupted imports' },
        schedule: '* * * * *',
        run: () => resumeLoads(app),
      },
    ],
    start: async () => {
      await parts.catalogue.reload()
      await resumeLoads(app)
      if (await findOldList(app.db))
        await app.work(system(OLD_REFUSALS), async (work) => work.enqueue(OLD_REFUSALS, {}, { key: OLD_REFUSALS }))
    },
  }
}
