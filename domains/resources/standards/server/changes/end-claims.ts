import { identity } from '#platform/identity'
import type { LoopInstance } from '#platform/loops'
import { type Notice, notices } from '#platform/notices'
import { type App, localDateAt, type Words, type Work, words } from '#runtime'
import type { Element } from '../../declarations/datasets.ts'
import { actOnClaim, openClaims } from '../open-claims.ts'

/**
 * Ends the open claims of an element that is retired; the claimant's data officers and whoever had to answer or rule are
 * told. @param because matter of the retirement
 */
export async function endClaims(app: App, work: Work, element: Element, because: string): Promise<void> {
  const day = localDateAt(work.at)
  const why = words(
    `数据元“${element.title}”自 ${day} 起停用，认领终止。`,
    `The element "${element.titleEn}" is retired from ${day}, so the claim ends.`,
  )
  const mustWithdraw = words(
    `数据元“${element.title}”自 ${day} 起停用，认领不能成立。请认领单位撤回认领。`,
    `The element "${element.titleEn}" is retired from ${day}, so the claim cannot be granted. The claimant withdraws it.`,
  )
  for (const claim of await openClaims(app, work, element.id)) {
    const hasEnded = await actOnClaim(app, work, claim, { action: 'element-retired', form: { why }, because })
    await tell(app, work, claim, hasEnded ? why : mustWithdraw)
  }
}

async function tell(app: App, work: Work, { id, data, headline, holders }: LoopInstance, body: Words): Promise<void> {
  const organisation = String(data.claimant)
  const officers = await app.use(identity).postsWith('standards.claim', { organisation }, work.tx)
  for (const who of new Set([...officers.map((post) => `post:${post.id}`), ...holders]))
    await app
      .use(notices)
      .send(work, { to: addressee(who), title: headline, body, link: `/loops/${id}`, urgency: 'normal' })
}

/** Holders are named `post:<id>` or `account:<id>`. */
const addressee = (who: string): Notice['to'] =>
  who.startsWith('post:') ? { post: who.slice(5) } : { account: who.slice(8) }
