import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

const MAIN = join(import.meta.dirname, '../../apps/server/main.ts')
const TRIAL = pathToFileURL(join(import.meta.dirname, 'trial/add.ts')).href
/** Also of a machine that has much else to do. */
const READY_MS = 300_000

/** The program as a child process on a folder of its own, always at the same port, to be killed and started again. */
export class Program {
  readonly folder: string
  readonly address: string
  readonly #args: readonly string[]
  readonly #env: Readonly<Record<string, string | undefined>>
  #child: ChildProcess | undefined
  #isReady = false
  /** How often it ended by itself after it had been ready. */
  fallen = 0
  /** What the running process has printed: its log and its last words. */
  said = ''

  private constructor(folder: string, port: number, env: Readonly<Record<string, string>>, isTrial: boolean) {
    this.#args = isTrial ? ['--import', TRIAL, MAIN] : [MAIN]
    this.folder = folder
    this.address = `http://127.0.0.1:${port}`
    this.#env = {
      ...process.env,
      // Compiled sources are kept between starts: dozens of starts would be mostly reading of sources.
      NODE_COMPILE_CACHE: join(tmpdir(), 'daizong-faults-compiled'),
      DAIZONG_DEMO: '1',
      DAIZONG_DEMO_RESIDENTS: '0',
      DAIZONG_LOG_LEVEL: 'warn',
      ...env,
      PORT: String(port),
      DATA_DIR: folder,
    }
  }

  /** Not started yet. @param isTrial with the module of the tests */
  static async on(folder: string, env: Readonly<Record<string, string>> = {}, isTrial = false): Promise<Program> {
    return new Program(folder, await freePort(), env, isTrial)
  }

  /** Started and ready. */
  static async at(...about: Parameters<typeof Program.on>): Promise<Program> {
    const program = await Program.on(...about)
    program.launch()
    await program.ready()
    return program
  }

  /** Starts it without waiting. */
  launch(): void {
    if (this.#isReady) this.fallen++
    this.#isReady = false
    this.said = ''
    const child = spawn(process.execPath, this.#args, { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] })
    const hear = (text: unknown) => {
      this.said = (this.said + String(text)).slice(-200_000)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    this.#child = child
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** Waits until it answers as ready; one that gave its start up is started again, as a service manager does. */
  async ready(): Promise<void> {
    const deadline = Date.now() + READY_MS
    while (Date.now() < deadline) {
      if ((await this.status('/readyz')) === 200) {
        this.#isReady = true
        return
      }
      if (!this.isRunning) this.launch()
      await sleep(100)
    }
    throw new TypeError(`The program was not ready within ${READY_MS / 1000} s; it said:\n${this.said}`)
  }

  /** Status of a GET, 0 without an answer. */
  async status(path: string): Promise<number> {
    try {
      const answer = await fetch(this.address + path, { signal: AbortSignal.timeout(20_000) })
      await answer.text()
      return answer.status
    } catch {
      return 0
    }
  }

  async killServer(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Ends it cleanly. @returns its exit code */
  async stop(): Promise<number | null> {
    await this.#end('SIGTERM')
    return this.#child?.exitCode ?? null
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child || !this.isRunning) return
    this.#isReady = false
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
  }

  /** Process of the database; undefined while there is none. */
  postmaster(): number | undefined {
    try {
      const [pid] = readFileSync(join(this.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
      return Number(pid)
    } catch {
      return undefined
    }
  }

  /** Kills the database's first process; its children see that it is gone and end. */
  killDatabase(): void {
    kill(this.postmaster())
  }

  /** Kills one of the processes that serve connections; the others are ended by the first and all recover. */
  killBackend(choose: (of: number) => number): void {
    const pid = this.postmaster()
    const children = pid ? childrenOf(pid) : []
    kill(children[choose(children.length)])
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
  } catch {
    return []
  }
}

function kill(pid: number | undefined): void {
  if (!pid) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // ended by itself meanwhile
  }
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
