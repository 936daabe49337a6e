import { boot, ProductError, readConfig } from '#runtime'
import { demonstrationText } from './demonstration-text.ts'
import { allModules } from './modules.ts'
import { buildPortal, servePortal } from './portal.ts'

const STOP_MS = 4_500

try {
  const config = readConfig(process.env)
  const built = buildPortal()
  built.catch(() => undefined)
  const running = await boot(config, allModules, {
    decorate: async (http) => {
      await built
      await servePortal(http)
    },
  })
  process.stdout.write(
    `Daizong is ready at ${running.address}\n${config.demo ? await demonstrationText(running.address) : ''}`,
  )
  const stop = () => {
    setTimeout(() => process.exit(1), STOP_MS).unref()
    void running.stop().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)
} catch (error) {
  process.stderr.write(`${error instanceof ProductError ? error.message : String((error as Error).stack)}\n`)
  process.exit(1)
}
