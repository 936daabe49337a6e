import { identity } from '#platform/identity'
import type { Effect } from '#platform/loops'
import { type App, Conflict, type Work, words } from '#runtime'
import type { Element } from '../declarations/datasets.ts'
import { lockElement, nextEdition, saveElement } from './elements.ts'
import { actOnClaim, openClaims } from './open-claims.ts'

/**
 * Makes the claimant the source. Only the one who was asked could give the element away, so the other open claims of it
 * go to the new source to answer. @throws Conflict when another unit is the source by now, or the element is retired
 */
export const setOwner =
  (app: App): Effect =>
  async (work, { id, data }) => {
    const element = await lockElement(app, work, String(data.element))
    if (element.state === 'retired') throw isRetired(element)
    if (element.owner !== data.owner) throw await ownerChanged(app, work, element)
    const owner = String(data.claimant)
    await saveElement(app, work, nextEdition(element, { owner }))
    work.audit({
      event: 'standards.owner.changed',
      subject: { kind: 'standards.element', id: element.id },
      details: { from: element.owner ?? null, to: owner },
    })
    for (const claim of await openClaims(app, work, element.id))
      if (claim.id !== id) await actOnClaim(app, work, claim, { action: 'owner-changed', form: { owner }, because: id })
    return undefined
  }

/** What the source before said is not what the new one says. */
export const forgetAnswer: Effect = async () => ({ answer: undefined })

/** Claims of version 1 do not hear of either: they stay open until somebody does what these say. */
const isRetired = ({ title, titleEn }: Element) =>
  new Conflict(
    'retired',
    words(
      `数据元“${title}”已停用，来源不再移交。请认领单位撤回认领，或由大数据局裁定认领不成立`,
      `The element "${titleEn}" is retired and gets no other source. The claimant withdraws the claim, or the data bureau refuses it`,
    ),
  )

async function ownerChanged(app: App, work: Work, { owner }: Element): Promise<Conflict> {
  const found = owner === undefined ? undefined : await app.use(identity).organisation(owner, work.tx)
  const name = found?.name ?? words(owner ?? '（无）', owner ?? '(none)')
  return new Conflict(
    'owner-changed',
    words(
      `认领以后来源单位已变为“${name.zh}”，没有征求过它的意见，不能移交。请认领单位撤回认领后重新认领，或由大数据局裁定认领不成立`,
      `The source is ${name.en} by now, which was not asked, so nothing is handed over. The claimant withdraws and claims anew, or the data bureau refuses the claim`,
    ),
  )
}
