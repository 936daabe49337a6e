import { boot, ProductError, readConfig } from '#runtime'
import { demonstrationText } from './demonstration-text.ts'
import { allModules } from './modules.ts'
import { buildPortal, servePortal } from './portal.ts'

const STOP_MS = 4_500

let end = async () => {}
let isStopping = false
const stop = () => {
  isStopping = true
  setTimeout(() => process.exit(1), STOP_MS)
  void end().then(() => process.exit(0))
}
process.once('SIGTERM', stop).once('SIGINT', stop)

try {
  const config = readConfig(process.env)
  const built = buildPortal()
  built.catch(() => undefined)
  const running = await boot(config, allModules, {
    begun: (stopIt) => {
      end = stopIt
    },
    decorate: async (http, app, heads) => {
      await built
      await servePortal(http, app, heads)
    },
  })
  const accounts = config.demo ? await demonstrationText(running.address) : ''
  process.stdout.write(`Daizong is ready at ${running.address}\n${accounts}`)
} catch (error) {
  // A start that is stopped fails somewhere; that is no news.
  if (!isStopping) {
    process.stderr.write(`${error instanceof ProductError ? error.message : String((error as Error).stack)}\n`)
    process.exit(1)
  }
}
