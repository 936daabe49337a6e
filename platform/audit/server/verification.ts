import { sql } from 'kysely'
import { Type } from 'typebox'
import { type App, type Job, NOTHING_PERSONAL, type Route, route, system, words } from '#runtime'
import { auditLog, type Verification } from '../contract.ts'

const JOB = 'audit.verify'
const EXPIRE_SECONDS = 6 * 3_600

const ROW = Type.Object({
  id: Type.Integer(),
  startedAt: Type.String(),
  startedBy: Type.String(),
  checked: Type.Integer(),
  finishedAt: Type.Union([Type.String(), Type.Null()]),
  whole: Type.Union([Type.Boolean(), Type.Null()]),
  fault: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
})

/** Verification asked for in the portal: runs in the background, shows how far it is and what it found. */
export function verificationRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/audit/verifications',
      title: words('校验审计日志', 'Verify the audit log'),
      right: 'audit.verify',
      audit: 'audit.log.verified',
      response: Type.Object({ id: Type.Integer() }),
      example: { id: 7 },
      handler: async ({ work, actor }) => {
        const { rows } = await sql<{ id: number }>`insert into audit.verification (started_at, started_by)
          values (${work.at}, ${actor.id}) returning id`.execute(work.tx)
        const id = rows[0]?.id ?? 0
        work.enqueue(JOB, { id })
        return { id }
      },
    }),
    route({
      method: 'GET',
      path: '/api/audit/verifications',
      title: words('审计日志的校验结果', 'Verifications of the audit log'),
      right: 'audit.verify',
      audit: NOTHING_PERSONAL,
      response: Type.Object({ rows: Type.Array(ROW) }),
      example: {
        rows: [
          {
            id: 7,
            startedAt: '2026-03-01T02:05:00.000Z',
            startedBy: '17',
            checked: 120_000,
            finishedAt: '2026-03-01T02:05:04.000Z',
            whole: true,
            fault: null,
          },
        ],
      },
      handler: async ({ work }) => {
        const { rows } = await sql<object>`select id, started_at as "startedAt", started_by as "startedBy", checked,
          finished_at as "finishedAt", whole, fault from audit.verification order by id desc limit 20`.execute(work.tx)
        return { rows }
      },
    }),
  ]
}

export function verificationJob(app: App): Job {
  return {
    id: JOB,
    title: words('校验审计日志', 'Verify the audit log'),
    expireSeconds: EXPIRE_SECONDS,
    run: async (data, signal) => {
      const { id } = data as { id: number }
      const progress = (checked: number) =>
        void sql`update audit.verification set checked = ${checked} where id = ${id}`
          .execute(app.db)
          .catch((error: unknown) => app.log.warn({ err: error }, 'progress of the verification'))
      const result = await app.use(auditLog).verify(progress, signal)
      await app.work(system(JOB), async (work) => {
        await finish(work.tx, id, work.at, result)
        work.emit({ topic: 'audit.verification.finished', key: String(id), audience: { right: 'audit.verify' } })
      })
    },
  }
}

async function finish(tx: App['db'], id: number, at: Date, { checked, whole, first }: Verification): Promise<void> {
  const fault = first ? JSON.stringify(first) : null
  await sql`update audit.verification set checked = ${checked}, finished_at = ${at}, whole = ${whole}, fault = ${fault}
    where id = ${id}`.execute(tx)
}
