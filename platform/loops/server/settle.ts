import type { Work } from '#runtime'
import { type Draft, finish, timeIn } from './draft.ts'
import { endFollowers, haveFollowers } from './end-followers.ts'
import type { Engine } from './engine.ts'
import { handleJoint } from './joint.ts'
import { sendMessages } from './notify.ts'
import { write } from './write.ts'

/** Writes drafts and does what follows: sub-loops and parents, notices, the audit record, the word to open browsers. */
export async function settle(engine: Engine, work: Work, drafts: readonly Draft[]): Promise<void> {
  for (const draft of drafts) finish(draft, timeIn(draft, work))
  const mustEnd = await haveFollowers(work, drafts)
  await work.put(write, drafts)
  await sendMessages(engine, work, drafts)
  for (const draft of drafts) {
    for (const entry of draft.log)
      work.audit({
        event: entry.from_place === null ? 'loops.opened' : 'loops.acted',
        subject: { kind: 'loop', id: String(draft.row.id) },
        details: { definition: draft.row.definition, action: entry.action, revision: entry.revision },
      })
    emit(work, draft)
    for (const run of draft.after) await run()
    await handleJoint(engine, work, draft)
  }
  if (mustEnd) await endFollowers(engine, work, drafts)
}

/** One event a change; every browser that shows the matter or one of its inboxes may hear it. */
function emit(work: Work, { row, before, doers, log, definition }: Draft): void {
  const inboxes = new Set([
    ...row.holders.map(({ who }) => who),
    ...(before?.holders.map(({ who }) => who) ?? []),
    ...row.memory.watchers,
    ...doers,
  ])
  const audience = [...inboxes].map((who) =>
    who.startsWith('post:') ? { post: who.slice(5) } : { account: who.slice(8) },
  )
  work.emit({
    topic: 'loops.instance.moved',
    key: String(row.id),
    data: {
      definition: row.definition,
      place: row.place,
      actions: log.map(({ action }) => action),
      outcome: row.outcome,
      origin: row.origin_id === null ? null : { kind: row.origin_kind, id: row.origin_id },
    },
    audience: [...audience, { right: definition.confidential?.right ?? 'loops.read' }],
  })
}
