import { sql } from 'kysely'
import { Unavailable, type Work, words } from '#runtime'

/** Longest time of one hook. It holds the matter's row meanwhile, so nobody else can act on the matter. */
const HOOK_MS = 10_000
/** A statement is ended a little earlier, so that the connection is free to roll back. */
const STATEMENT_MS = 9_000
const CANCELLED = '57014'

type Hook<A extends readonly unknown[], R> = (work: Work, ...rest: A) => Promise<R>

/** The hook with a time limit; one that takes longer fails, and with it the whole unit of work. */
export const limited =
  <A extends readonly unknown[], R>(name: string, hook: Hook<A, R>): Hook<A, R> =>
  async (work, ...rest) => {
    await sql`select set_config('statement_timeout', ${String(STATEMENT_MS)}, true)`.execute(work.tx)
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new HookTooSlow(name)), HOOK_MS)
    })
    try {
      const answer = await Promise.race([hook(work, ...rest), tooLong])
      await sql`select set_config('statement_timeout', '0', true)`.execute(work.tx)
      return answer
    } catch (error) {
      throw (error as { code?: string }).code === CANCELLED ? new HookTooSlow(name) : error
    } finally {
      clearTimeout(timer)
    }
  }

class HookTooSlow extends Unavailable {
  constructor(name: string) {
    super(
      'hook-too-slow',
      words(
        `办理步骤“${name}”超过 ${HOOK_MS / 1000} 秒没有完成，本次操作未生效，请稍后再试`,
        `The step "${name}" took longer than ${HOOK_MS / 1000} seconds; nothing was done, please try again later`,
      ),
    )
  }
}
