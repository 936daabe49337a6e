import { randomUUID } from 'node:crypto'
import { type LoopInstance, loops } from '#platform/loops'
import { client, type SignedInClient, type TestApp } from '#platform/testing'
import { type Actor, system } from '#runtime'

const COUNTY = 'county.370902.ecology'

/** People of the trial: two window clerks, one who decides, a head of the city, somebody of another county. */
export async function trialPeople(app: TestApp) {
  const make = (rights: Parameters<typeof client>[1]): Promise<SignedInClient> => client(app, rights)
  return {
    clerk: await make({ rights: { 'trial.accept': 'subtree', 'trial.decide': 'subtree' }, organisation: COUNTY }),
    decider: await make({ rights: { 'trial.decide': 'subtree' }, organisation: COUNTY }),
    head: await make({
      rights: { 'trial.head': 'city', 'loops.supervise': 'city', 'loops.reopen': 'city', 'loops.instruct': 'city' },
    }),
    stranger: await make({ rights: { 'trial.accept': 'subtree' }, organisation: 'county.370911.ecology' }),
  }
}

let opened = 0

/** Opens a licence case as the system, in the county of the people above. */
export const openLicence = (app: TestApp, more: object = {}, actor: Actor = system('trial')): Promise<LoopInstance> =>
  app.app.work(actor, (work) =>
    app.app.use(loops).open(work, {
      definition: 'trial.licence',
      key: `case-${opened++}`,
      data: { item: '食品经营许可', applicantName: '张三丰', division: '370902', ...more },
    }),
  )

/** Does an action at the revision the instance had when it was read. */
export const doAction = (
  app: TestApp,
  actor: Actor,
  instance: Pick<LoopInstance, 'id' | 'revision'>,
  action: string,
  more: { form?: object; key?: string; evidence?: string[] } = {},
): Promise<LoopInstance> =>
  app.app.work(actor, (work) =>
    app.app.use(loops).act(work, {
      instance: instance.id,
      revision: instance.revision,
      action,
      key: more.key ?? randomUUID(),
      ...(more.form ? { form: { ...more.form } } : {}),
      ...(more.evidence ? { evidence: more.evidence } : {}),
    }),
  )
