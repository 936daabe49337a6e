import { join } from 'node:path'
import type { App, Job, ServerPart } from '#runtime'
import { documents } from '../contract.ts'
import { BlobStore } from './blob-store.ts'
import { downloadRoute } from './download.ts'
import { FileService } from './file-service.ts'
import { cleanJob, scanJob } from './housekeeping.ts'
import { uploadRoute } from './upload.ts'

export function server(app: App): ServerPart {
  const store = new BlobStore(join(app.config.dataDir, 'files'))
  const files = new FileService(app, store)
  app.provide(documents, files)
  return {
    routes: [uploadRoute(files), downloadRoute(files, store)],
    jobs: [scanJob(app, store) as Job, cleanJob(app, store)],
  }
}
