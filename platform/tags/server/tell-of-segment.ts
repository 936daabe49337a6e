import { identity } from '#platform/identity'
import { type Notice, notices } from '#platform/notices'
import type { Work } from '#runtime'
import type { TagBook } from './book.ts'
import type { PushedSegment } from './segments.ts'

/** Tells who made a segment, who handed it over, and who takes its members. */
export async function tellOfSegment(
  book: TagBook,
  work: Work,
  { owner, author, pushedBy }: PushedSegment,
  said: Pick<Notice, 'title' | 'body'>,
): Promise<void> {
  const people = book.app.use(identity)
  const accounts = new Set([author, pushedBy])
  for (const { id: post } of await people.postsWith('tags.pull', { organisation: owner }, work.tx))
    for (const { id } of await people.accountsOf(post, work.tx)) accounts.add(id)
  for (const account of accounts)
    await book.app.use(notices).send(work, { to: { account }, ...said, link: '/tag-segments', urgency: 'normal' })
}
