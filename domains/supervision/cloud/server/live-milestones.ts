import { sql } from 'kysely'
import type { Static } from 'typebox'
import { indicators } from '#platform/indicators'
import { loops } from '#platform/loops'
import { registry } from '#platform/registry'
import type { App, Work } from '#runtime'
import { type liveTarget, nodeDataset } from '../declarations/datasets.ts'
import { getNode, getPlan, type Node, saveNodes, today } from './nodes.ts'

/** Milestones whose indicator has reached its target count from today, without anybody; their matters move on. */
export async function checkLive(app: App, work: Work, indicator: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select n.id from supervision_cloud.node n
    join supervision_cloud.plan p on p.id = n.plan
    where n.live ->> 'indicator' = ${indicator} and n.achieved_on is null and n.live is not null
      and n.state = 'open' and p.state = 'published' order by n.id`.execute(work.tx)
  for (const { id } of rows) await checkOne(app, work, await getNode(app, work, id))
}

async function checkOne(app: App, work: Work, node: Node): Promise<void> {
  const live = node.live as Static<typeof liveTarget> | undefined
  const plan = await getPlan(app, work, node.plan)
  if (!live || !node.parent) return
  const values = await app.use(indicators).values(live.indicator, {
    members: [live.member],
    from: new Date(`${plan.startsOn}T00:00:00+08:00`),
    to: new Date(work.at.getTime() + 1),
  })
  const last = values.findLast(({ value }) => value !== null)
  if (!last || last.value === null) return
  if (live.better === 'higher' ? last.value < live.target : last.value > live.target) return
  await saveNodes(app, work, [
    {
      ...node,
      state: 'done',
      achievedOn: today(app),
      proof: 'indicator',
      proofOf: {
        indicator: live.indicator,
        member: live.member,
        target: live.target,
        period: last.period,
        value: last.value,
        vintage: last.vintage.toISOString(),
      },
      quality: 'excellent',
    },
  ])
  const found = await app.use(registry).find(work, nodeDataset, { id: node.parent })
  const matter = found?.value.loop
  if (matter === undefined) return
  const { place, revision } = await app.use(loops).get(work, matter)
  if (place === 'handling')
    await app.use(loops).act(work, { instance: matter, action: 'measured', revision, key: `measured:${node.id}` })
}
