import { auditLog, faultWords } from '#platform/audit'
import { boot, findRunning, ProductError, readConfig } from '#runtime'
import { allModules } from './modules.ts'

/** `npm run audit:verify`: proves the audit log whole, or names the first record that is not; exit code 1 then. */
async function verify(): Promise<boolean> {
  const config = { ...readConfig(process.env), logLevel: 'fatal' }
  const databaseUrl = config.databaseUrl ?? findRunning(config.dataDir)
  const running = await boot({ ...config, databaseUrl }, allModules, { listen: false })
  try {
    const begin = performance.now()
    const seconds = () => ((performance.now() - begin) / 1000).toFixed(1)
    const { whole, checked, first } = await running.app
      .use(auditLog)
      .verify((count) => process.stderr.write(`已校验 ${count} 条 · ${count} records checked (${seconds()} s)\n`))
    const fault = first && faultWords(first)
    process.stdout.write(
      whole
        ? `审计日志完整，共 ${checked} 条。\nThe audit log is whole: ${checked} records in ${seconds()} s.\n`
        : `审计日志不完整：${fault?.zh}。\nThe audit log is not whole: ${fault?.en}.\n`,
    )
    return whole
  } finally {
    await running.stop()
  }
}

try {
  process.exit((await verify()) ? 0 : 1)
} catch (error) {
  process.stderr.write(`${error instanceof ProductError ? error.words.en : String(error)}\n`)
  process.exit(1)
}
