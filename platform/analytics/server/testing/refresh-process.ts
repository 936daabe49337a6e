import { boot, readConfig } from '#runtime'
import { allModules } from '../../../../apps/server/modules.ts'
import { analytics } from '../../contract.ts'

/** A program of its own for tests that kill it while it refreshes. Settings come by environment. */
const [dataset = ''] = process.argv.slice(2)
const { app } = await boot(readConfig(process.env), allModules)
await app.use(analytics).refresh(dataset)
