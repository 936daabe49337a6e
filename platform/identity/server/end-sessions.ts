import type { Work } from '#runtime'
import { from } from './tables.ts'

/** Ends every living session of an account. @param except the one that stays */
export async function endSessions(work: Work, account: string, except?: string): Promise<void> {
  let ending = from(work.tx)
    .updateTable('identity.session')
    .set({ ended_at: work.at })
    .where('account', '=', account)
    .where('ended_at', 'is', null)
  if (except) ending = ending.where('id', '!=', except)
  await ending.execute()
}
