import { randomUUID } from 'node:crypto'
import type { Static } from 'typebox'
import type { Effect, LoopInstance } from '#platform/loops'
import { registry } from '#platform/registry'
import { type App, NotFound, type Work } from '#runtime'
import { grantDataset, voiceDataset } from '../../declarations/datasets.ts'

type Voice = Static<typeof voiceDataset.schema>

async function change(app: App, work: Work, { data }: LoopInstance, changes: Partial<Voice>): Promise<undefined> {
  const row = await app.use(registry).find(work, voiceDataset, { id: String(data.voice) })
  if (!row) throw new NotFound()
  await app.use(registry).write(work, voiceDataset, [{ ...row.value, ...changes }])
  return undefined
}

/** Effects of the loops of readers; names are those of their definitions. */
export const readerEffects = (app: App) =>
  ({
    'show-voice': (work, instance) => change(app, work, instance, { state: 'shown' }),
    'answer-voice': (work, instance, form) =>
      change(app, work, instance, {
        state: 'answered',
        answer: String(form.answer),
        answeredAt: work.at.toISOString(),
      }),
    'refuse-voice': (work, instance) => change(app, work, instance, { state: 'refused' }),
    grant: async (work, { data }) => {
      const id = randomUUID()
      const [entry, account] = [String(data.entry), String(data.account)]
      const grant = {
        id,
        entry,
        account,
        use: String(data.use),
        givenAt: work.at.toISOString(),
        until: String(data.until),
      }
      await app.use(registry).write(work, grantDataset, [grant])
      work.audit({
        event: 'open-data.grant.given',
        subject: { kind: 'open-data.grant', id },
        details: { entry, until: grant.until },
      })
      return undefined
    },
  }) satisfies Record<string, Effect>
