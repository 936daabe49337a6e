import type { Choice, Effect, Guard, Hooks } from '#platform/loops'
import { type App, words } from '#runtime'
import { findVersion, saveVersion } from '../store.ts'
import { endProposal, versionOf } from './make-version.ts'
import { enqueueMaking } from './orders.ts'
import { publishApproved } from './publish.ts'
import { dropRows } from './stage.ts'

const notOwn: Guard = async ({ actor }, { openedBy }) =>
  openedBy === actor.id
    ? words('本人提出的事项须由其他人审核', 'What you proposed must be approved by somebody else')
    : null

/** Hooks of the release loop; names are those of its definition. */
export const releaseHooks = (app: App) =>
  ({
    choices: {
      'after-test': async (_work, { data }) => (data.passed === true ? 'reviewing' : 'correcting'),
    } satisfies Record<string, Choice>,
    guards: {
      'not-own': notOwn,
      'test-passed': async (work, instance) =>
        (await versionOf(app, work, instance)).test.passed
          ? null
          : words('重新识别检验未通过，不能发布', 'The re-identification test failed; this cannot be published'),
    } satisfies Record<string, Guard>,
    effects: {
      prepare: async (work, { data }) => {
        enqueueMaking(work, String(data.entry))
        return undefined
      },
      publish: async (work, instance) => {
        await publishApproved(app, work, await versionOf(app, work, instance))
        await endProposal(work, String(instance.data.entry))
        return undefined
      },
      refuse: async (work, { data }) => {
        const [entry, number] = [String(data.entry), Number(data.version)]
        const version = await findVersion(app, work, entry, number)
        if (version?.state === 'candidate') {
          await saveVersion(app, work, { ...version, state: 'refused' })
          await dropRows(work.tx, entry, number)
        }
        await endProposal(work, entry)
        return undefined
      },
    } satisfies Record<string, Effect>,
  }) satisfies Hooks
