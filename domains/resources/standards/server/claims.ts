import { identity } from '#platform/identity'
import { type Choice, loops } from '#platform/loops'
import { type App, Forbidden, InvalidInput, type Work, words } from '#runtime'
import { inForce, lockElement } from './elements.ts'

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
