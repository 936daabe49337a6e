import { setTimeout as sleep } from 'node:timers/promises'
import { keys } from '#platform/crypto'
import { boot, findRunning, ProductError, readConfig, system } from '#runtime'
import { allModules } from './modules.ts'

const LOOK_MS = 500

const MASTER = 'master'

/** `npm run keys:rotate -- <purpose>`: changes the key of a purpose, or the master key, while the program runs. */
async function rotate(purpose: string | undefined): Promise<string> {
  const known = allModules.flatMap((module) => module.keyPurposes ?? []).map(({ id }) => id)
  if (!purpose || ![MASTER, ...known].includes(purpose))
    return `Say which keys: npm run keys:rotate -- ${[MASTER, ...known].join(' | ')}`
  const config = { ...readConfig(process.env), logLevel: 'error' }
  const databaseUrl = config.databaseUrl ?? findRunning(config.dataDir)
  const { app, stop } = await boot({ ...config, databaseUrl }, allModules, { listen: false })
  try {
    const store = app.use(keys)
    if (purpose === MASTER) return masterChanged(await store.changeMaster(system('keys:rotate')), config.masterKeyFile)
    const id = await app.work(system('keys:rotate'), async (work) => {
      work.audit({ event: 'crypto.rotation.started', subject: { kind: 'purpose', id: purpose } })
      return store.rotate(work, purpose)
    })
    for (let shown = ''; ; await sleep(LOOK_MS)) {
      const { step, resealed, remaining } = await store.progress(id)
      if (step === 'done') return `The keys of "${purpose}" have been rotated; ${resealed} values were sealed again.`
      const line = `${step}${remaining === null ? '' : `, ${remaining} left`}\n`
      if (line !== shown) process.stderr.write(line)
      shown = line
    }
  } finally {
    await stop()
  }
}

const masterChanged = (count: number, file: string): string =>
  `The master key is a new one; ${count} keys are under it. Renew your copy of ${file} now, and keep the old copy with the backups made until today: they need it.`

try {
  process.stdout.write(`${await rotate(process.argv[2])}\n`)
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error instanceof ProductError ? error.words.en : String(error)}\n`)
  process.exit(1)
}
