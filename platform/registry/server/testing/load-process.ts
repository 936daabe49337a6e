import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { boot, readConfig, system } from '#runtime'
import { allModules } from '../../../../apps/server/modules.ts'
import { dataDesk } from '../../contract.ts'
import { residentDefinition } from './resident.ts'

/** A server of its own for tests that kill it; with a file it starts an import first. Settings come by environment. */
const [file] = process.argv.slice(2)
const { app } = await boot(readConfig(process.env), allModules)
if (file) {
  const desk = app.use(dataDesk)
  const actor = system('test')
  await app.work(actor, (work) => desk.define(work, residentDefinition))
  await app.work(actor, (work) =>
    desk.load(work, { dataset: 'city.resident', name: basename(file), content: createReadStream(file) }),
  )
}
