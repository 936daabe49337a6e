import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** `npm run bench -- <name>` runs bench/<name>.ts, which prints one JSON line last. */
const [name = ''] = process.argv.slice(2)
const file = join(import.meta.dirname, `${name}.ts`)
if (!/^[a-z0-9-]+$/.test(name) || name === 'run' || !existsSync(file)) {
  process.stderr.write(`There is no measurement "${name}"; see the files of bench/.\n`)
  process.exit(1)
}
await import(file)
