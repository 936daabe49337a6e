import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const MAIN = join(import.meta.dirname, '../../apps/server/main.ts')
const READY_MS = 120_000

/** The program as a child process on a folder of its own, always at the same port, to be killed and started again. */
export class Program {
  readonly folder: string
  readonly address: string
  readonly #port: number
  #child: ChildProcess | undefined

  private constructor(folder: string, port: number) {
    this.folder = folder
    this.#port = port
    this.address = `http://127.0.0.1:${port}`
  }

  static async at(folder: string): Promise<Program> {
    const program = new Program(folder, await freePort())
    await program.start()
    return program
  }

  /** Starts it and waits until it is ready. */
  async start(): Promise<void> {
    const env = {
      ...process.env,
      PORT: String(this.#port),
      DATA_DIR: this.folder,
      DAIZONG_DEMO: '1',
      DAIZONG_LOG_LEVEL: 'fatal',
    }
    this.#child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    await this.ready()
  }

  /** Waits until it answers as ready. */
  async ready(): Promise<void> {
    const deadline = Date.now() + READY_MS
    while (Date.now() < deadline) {
      const status = await fetch(`${this.address}/readyz`).then(
        (answer) => answer.status,
        () => 0,
      )
      if (status === 200) return
      await sleep(100)
    }
    throw new TypeError(`The program was not ready within ${READY_MS / 1000} s`)
  }

  async killServer(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** Kills the postmaster; its children see that it is gone and end. */
  killDatabase(): void {
    const [pid] = readFileSync(join(this.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(pid), 'SIGKILL')
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
