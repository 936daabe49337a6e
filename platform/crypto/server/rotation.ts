import { sql } from 'kysely'
import { Conflict, type Work, words } from '#runtime'

export const ROTATE_JOB = 'crypto.rotate'

/** Notes the wish to rotate and leaves the rest to the job. @throws Conflict if the purpose is rotating already */
export async function startRotation(work: Work, purpose: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into crypto.rotation (purpose, started_at)
    values (${purpose}, ${work.at}) on conflict do nothing returning id`.execute(work.tx)
  const [started] = rows
  if (!started)
    throw new Conflict(
      'rotation-under-way',
      words('该用途的密钥正在轮换，请等待完成', 'Keys of this purpose are rotating already; wait until that is done'),
    )
  work.enqueue(ROTATE_JOB, { id: started.id })
  return started.id
}
