import { identity } from '#platform/identity'
import { type Choice, type Effect, loops } from '#platform/loops'
import { type App, Conflict, Forbidden, InvalidInput, system, type Work, words } from '#runtime'
import { inForce, lockElement, nextEdition, saveElement } from './elements.ts'

/** Opens a claim of the actor's unit; several units may claim one element. @throws NotFound, Forbidden, InvalidInput */
export async function claimElement(app: App, work: Work, id: string, basis: string, key: string): Promise<string> {
  const element = inForce(await lockElement(app, work, id))
  const claimant = work.actor.organisation
  if (!claimant) throw new Forbidden('no-unit', words('请以单位岗位身份认领', 'Claim in a post of a unit'))
  if (element.owner === claimant)
    throw new InvalidInput('own-element', words('本单位已经是来源单位', 'Your unit is the source already'))
  const { id: matter } = await app.use(loops).open(work, {
    definition: 'standards.claim',
    data: {
      element: id,
      title: element.title,
      claimant,
      basis,
      ...(element.owner === undefined ? {} : { owner: element.owner }),
    },
    key: `${id}:${claimant}:${key}`,
    origin: { kind: 'standards.element', id },
  })
  work.audit({ event: 'standards.claim.opened', subject: { kind: 'standards.element', id } })
  return matter
}

/** The present source answers, if there is one that can; otherwise the data bureau rules. Whoever is the source has it. */
export const firstPlace =
  (app: App): Choice =>
  async (work, { data }) => {
    if (data.owner === undefined) return 'ruling'
    if (data.owner === data.claimant) return 'granted'
    const posts = await app.use(identity).postsWith('standards.claim', { organisation: String(data.owner) }, work.tx)
    return posts.some(({ organisation }) => organisation === data.owner) ? 'answering' : 'ruling'
  }

/**
 * Makes the claimant the source. Only the one who was asked could give the element away, so the other open claims of it
 * go to the new source to answer. @throws Conflict when another unit is the source by now
 */
export const setOwner =
  (app: App): Effect =>
  async (work, { id, data }) => {
    const element = inForce(await lockElement(app, work, String(data.element)))
    if (element.owner !== data.owner) throw ownerChanged()
    const owner = String(data.claimant)
    await saveElement(app, work, nextEdition(element, { owner }))
    work.audit({
      event: 'standards.owner.changed',
      subject: { kind: 'standards.element', id: element.id },
      details: { from: element.owner ?? null, to: owner },
    })
    await askNewOwner(app, work, element.id, owner, id)
    return undefined
  }

/** What the source before said is not what the new one says. */
export const forgetAnswer: Effect = async () => ({ answer: undefined })

const ownerChanged = () =>
  new Conflict(
    'owner-changed',
    words(
      '认领以后来源单位已经变更，原来源单位没有被征求过意见；请刷新查看，必要时重新认领',
      'The source has changed since the claim was made, and the present one was not asked; look again, and claim anew if need be',
    ),
  )

async function askNewOwner(app: App, work: Work, element: string, owner: string, granted: string): Promise<void> {
  const service = app.use(loops)
  const open = await service.openAbout(work, { kind: 'standards.element', id: element })
  for (const { id, definition, version, revision } of open) {
    if (id === granted || definition !== 'standards.claim') continue
    if (!service.definition(definition, version).actions['owner-changed']) continue
    await service.act(
      { ...work, actor: system('standards.claims') },
      { instance: id, action: 'owner-changed', form: { owner }, revision, key: `owner:${granted}` },
    )
  }
}
