import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Worker } from './load.ts'
import { Program } from './program.ts'

const MEGABYTE = 1_048_576
const folder = await mkdtemp(join(tmpdir(), 'daizong-disk-'))
const isMounted = mount()
afterAll(async () => {
  if (isMounted) execFileSync('umount', ['-l', folder])
  await rm(folder, { recursive: true, force: true })
})

/** A disk of its own, small enough to fill; only root may make one. */
function mount(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=900m', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

// Without the right to mount there is no disk that may be filled: the test then says "skipped".
test.skipIf(!isMounted)(
  'a full disk is told as such, loses nothing confirmed, and is over once there is room',
  async () => {
    const program = await Program.at(folder)
    const admin = new Worker(program, 'admin')
    const confirmed: string[] = []
    const make = async (n: number) => {
      const id = `disk-test-${n}`
      const name = { zh: `满盘科${n}`.padEnd(60, '满'), en: `Disk section ${n}` }
      const answer = await admin.once('POST', '/api/identity/organisations', {
        id,
        parent: 'city.big-data',
        kind: 'body',
        name,
      })
      if (answer.status === 200) confirmed.push(id)
      return answer
    }
    for (let n = 0; n < 5; n++) expect((await make(n)).status).toBe(200)

    const { bavail, bsize } = await statfs(folder)
    await writeFile(join(folder, 'ballast'), Buffer.alloc(bavail * bsize - MEGABYTE))
    await writeFile(join(folder, 'rest'), Buffer.alloc(2 * MEGABYTE)).catch(() => undefined)
    let answer = await make(100)
    for (let n = 101; answer.status === 200 && n < 3_000; n++) answer = await make(n)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('2')
    expect((await answer.json()).code).toMatch(/^(disk-full|database-away)$/)
    expect(await program.status('/healthz')).toBe(200)

    await rm(join(folder, 'ballast'))
    await rm(join(folder, 'rest'), { force: true })
    await program.ready()
    expect(program.isRunning).toBe(true)
    const again = new Worker(program, 'admin')
    expect(
      await again.insist('POST', '/api/identity/organisations', {
        id: 'disk-test-after',
        parent: 'city.big-data',
        kind: 'body',
        name: { zh: '之后科', en: 'After' },
      }),
    ).toBe(200)
    for (const id of confirmed)
      expect(
        (
          await again.once('POST', '/api/identity/organisations', {
            id,
            parent: 'city.big-data',
            kind: 'body',
            name: { zh: '又科', en: 'Again' },
          })
        ).status,
      ).toBe(409)
    expect(await program.stop()).toBe(0)
  },
)
