import { sql } from 'kysely'
import type { TObject } from 'typebox'
import { fieldMeta } from '#platform/registry'
import { Conflict, Defect, system, type Work, words } from '#runtime'
import type { JointRule } from '../contract.ts'
import type { Draft } from './draft.ts'
import type { Engine } from './engine.ts'

interface Share {
  readonly id: number
  readonly revision: number
  readonly ended_at: Date | null
}

/** Opens the units' shares on arrival, ends them when the place is left early, and moves the parent when all have ended. */
export async function handleJoint(engine: Engine, work: Work, draft: Draft): Promise<void> {
  const { row, before, definition } = draft
  const left = before && before.place !== row.place ? definition.places[before.place]?.joint : undefined
  if (left) await cancelShares(engine, work, row.id, left)
  if (!left) await turnShares(engine, work, draft)
  const entered = before?.place === row.place ? undefined : definition.places[row.place]?.joint
  if (entered) await openShares(engine, work, draft, entered)
  if (row.parent !== null && row.ended_at !== null && !before?.ended_at) await join(engine, work, row.parent)
}

/** What is done to a clock that the units share is done to theirs. */
async function turnShares(engine: Engine, work: Work, { row, before, definition, turned }: Draft): Promise<void> {
  if (!before || !turned || !definition.places[row.place]?.joint?.sharesClock) return
  const open = (await sharesOf(work, row.id)).shares.filter(({ ended_at }) => ended_at === null)
  for (const { id, revision } of open)
    await engine.service.act(bySystem(work), {
      instance: String(id),
      action: 'loops.share-clock',
      revision,
      key: `clock:${revision}`,
    })
}

const bySystem = (work: Work): Work => ({ ...work, actor: system('loops.joint') })

async function openShares(engine: Engine, work: Work, { row }: Draft, joint: JointRule): Promise<void> {
  const service = engine.service
  const { data: schema } = service.definition(joint.loop)
  const shared = Object.fromEntries(Object.entries(row.data).filter(([name]) => schema.properties[name]))
  refuseMissing(schema, { ...shared, [joint.as]: '' })
  for (const unit of unitsIn(row.data[joint.units]))
    await service.open(bySystem(work), {
      definition: joint.loop,
      data: { ...shared, [joint.as]: unit },
      key: `joint:${row.id}:${row.revision}:${String(unit)}`,
      parent: {
        id: String(row.id),
        revision: row.revision,
        unit: String(unit),
        ...(joint.sharesClock && row.clocks.matter ? { clock: row.clocks.matter } : {}),
      },
    })
  await join(engine, work, row.id)
}

/** @throws Conflict naming what the units have to be told and nobody has filled in yet */
function refuseMissing({ properties, required }: TObject, given: Readonly<Record<string, unknown>>): void {
  const titles = (required ?? []).flatMap((name: string) => {
    const schema = properties[name]
    return schema && given[name] === undefined ? [fieldMeta(schema)?.title ?? words(name, name)] : []
  })
  if (titles.length === 0) return
  throw new Conflict(
    'share-lacks',
    words(
      `还不能交给配合单位：“${titles.map(({ zh }) => zh).join('”“')}”没有填写`,
      `It cannot go to the joint units yet: "${titles.map(({ en }) => en).join('", "')}" is not filled in`,
    ),
  )
}

/** A field names one organisation or lists several. */
const unitsIn = (value: unknown): readonly unknown[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value : []

/** All shares of the present joint handling, with the parent locked: two that end at once come one after the other. */
async function sharesOf(work: Work, parent: number): Promise<{ place: string; revision: number; shares: Share[] }> {
  const { rows } = await sql<{ place: string; revision: number }>`
    select place, revision from loops.instance where id = ${parent} for update`.execute(work.tx)
  const [row] = rows
  if (!row) throw new Defect(`The parent ${parent} of a matter is missing.`)
  const { rows: shares } = await sql<Share>`select id, revision, ended_at from loops.instance
    where parent = ${parent} and parent_revision = (select max(parent_revision) from loops.instance where parent = ${parent})
    order by id`.execute(work.tx)
  return { ...row, shares }
}

async function join(engine: Engine, work: Work, parent: number): Promise<void> {
  const service = engine.service
  const instance = await service.get(work, String(parent))
  const joint = service.definition(instance.definition, instance.version).places[instance.place]?.joint
  if (!joint) return
  const { place, revision, shares } = await sharesOf(work, parent)
  if (place !== instance.place || shares.some(({ ended_at }) => ended_at === null)) return
  await service.act(bySystem(work), {
    instance: String(parent),
    action: joint.leaveBy,
    revision,
    key: `joined:${revision}`,
  })
}

async function cancelShares(engine: Engine, work: Work, parent: number, joint: JointRule): Promise<void> {
  const open = (await sharesOf(work, parent)).shares.filter(({ ended_at }) => ended_at === null)
  if (open.length === 0) return
  if (!joint.cancelBy)
    throw new Conflict(
      'joint-open',
      words(`还有 ${open.length} 个配合单位没有办结`, `${open.length} joint units have not finished yet`),
    )
  for (const { id, revision } of open)
    await engine.service.act(bySystem(work), {
      instance: String(id),
      action: joint.cancelBy,
      revision,
      key: `cancelled:${revision}`,
    })
}
