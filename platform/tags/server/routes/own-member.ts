import { NotFound, type Work, words } from '#runtime'
import type { TagBook } from '../book.ts'
import { getMember } from '../carried.ts'

export interface Own {
  readonly subject: string
  readonly key: string
  /** Number of the member. */
  readonly id: number
}

/** For whom an account speaks. */
export async function findOwn(book: TagBook, work: Work): Promise<Own | undefined> {
  for (const [subject, { memberOf }] of book.hooks) {
    const key = await memberOf?.(work, work.actor.id)
    if (key === undefined) continue
    const { id } = await getMember(book, work.tx, book.subject(subject), key)
    return { subject, key, id }
  }
  return undefined
}

/** @throws NotFound when it speaks for nobody */
export async function ownMember(book: TagBook, work: Work): Promise<Own> {
  const own = await findOwn(book, work)
  if (own) return own
  throw new NotFound(
    'no-own-portrait',
    words(
      '您的账号尚未核验，请带营业执照到政务服务大厅核验',
      'Your account is not proven: come to the service hall with the business licence',
    ),
  )
}
