import { boot, readConfig, StartError } from '#runtime'
import { allModules } from './modules.ts'

const STOP_MS = 4_500

try {
  const running = await boot(readConfig(process.env), allModules)
  process.stdout.write(`Daizong is ready at ${running.address}\n`)
  const stop = () => {
    setTimeout(() => process.exit(1), STOP_MS).unref()
    void running.stop().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)
} catch (error) {
  process.stderr.write(`${error instanceof StartError ? error.message : String((error as Error).stack)}\n`)
  process.exit(1)
}
