import { spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline/promises'
import { identity, staffing } from '#platform/identity'
import { boot, findRunning, ProductError, readConfig, system, words } from '#runtime'
import { allModules } from './modules.ts'

const POST = 'city.administrator'

/** `npm run admin:create -- <account>`: makes an administrator of the whole city; the password comes from stdin. */
async function createAdministrator(account: string | undefined): Promise<string> {
  if (!account) return 'Say which account: npm run admin:create -- <account>'
  const password = await askPassword()
  const config = { ...readConfig(process.env), logLevel: 'error' }
  const databaseUrl = config.databaseUrl ?? findRunning(config.dataDir)
  const running = await boot({ ...config, databaseUrl }, allModules, { listen: false })
  const people = running.app.use(staffing)
  try {
    await running.app.work(system('admin:create'), async (work) => {
      const id = await people.addAccount(work, {
        account,
        name: account,
        kind: 'staff',
        organisation: 'city',
        password,
      })
      if (!(await running.app.use(identity).post(POST, work.tx)))
        await people.addPost(work, {
          id: POST,
          title: words('系统管理员', 'Administrator'),
          organisation: 'city',
          roles: ['identity.administrator'],
        })
      await people.assign(work, POST, id)
    })
    return `The administrator "${account}" can sign in now.`
  } finally {
    await running.stop()
  }
}

/** The first line of stdin; a terminal is asked and does not show it. */
async function askPassword(): Promise<string> {
  const { isTTY } = process.stdin
  if (isTTY) process.stderr.write('Password: ')
  if (isTTY) spawnSync('stty', ['-echo'], { stdio: 'inherit' })
  const lines = createInterface({ input: process.stdin, terminal: false })
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
    if (isTTY) spawnSync('stty', ['echo'], { stdio: 'inherit' })
  }
}

try {
  process.stdout.write(`${await createAdministrator(process.argv[2])}\n`)
  process.exit(0)
} catch (error) {
  const text = error instanceof ProductError ? error.words.en : error
  process.stderr.write(`${String(text)}\n`)
  process.exit(1)
}
